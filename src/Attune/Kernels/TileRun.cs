namespace Attune.Kernels;

/// <summary>
/// Neighbouring tiles of one row of tiles, and the rows of outputs that they cover: some values from a place in their
/// plane on in the first, and as many in each of those below that exist.
/// </summary>
internal unsafe struct TileRun
{
    private int first;
    private int target;
    private int outputs;
    private int rows;

    /// <summary>
    /// The runs of the tiles from <paramref name="position"/> on, numbered with a pitch. Returns how many there are: at
    /// most <paramref name="count"/>, for which the caller has room.
    /// </summary>
    /// <param name="position">The first tile.</param>
    /// <param name="count">How many tiles.</param>
    /// <param name="pitch">Tiles from one row of them to the next.</param>
    /// <param name="side">Outputs of a tile in each direction.</param>
    /// <param name="width">Of the plane of outputs.</param>
    /// <param name="height">Of the plane of outputs.</param>
    /// <param name="runs">Where the runs are written.</param>
    public static int Write(int position, int count, int pitch, int side, int width, int height, TileRun* runs)
    {
        int written = 0;
        for (int done = 0; done < count;)
        {
            int row = (position + done) / pitch;
            int column = (position + done) % pitch;
            int tiles = Math.Min(pitch - column, count - done);
            int outputs = Math.Min(side * tiles, width - side * column);
            if (outputs > 0)
                runs[written++] = new TileRun
                {
                    first = done, target = side * row * width + side * column, outputs = outputs,
                    rows = Math.Min(side, height - side * row),
                };
            done += tiles;
        }
        return written;
    }

    /// <summary>
    /// Lays side·side lists of values, one per tile each, into the rows of a plane: the first side lists, value by
    /// value in turn, are the first rows, the next lists the second. The lists lie <paramref name="stride"/> apart and
    /// are readable <see cref="RowDealing.Slack"/> values past their end.
    /// </summary>
    public static void Move(
        TileRun* runs, int count, int side, float* lists, nint stride, float* plane, int width, bool add)
    {
        for (; count > 0; count--, runs++)
            for (int row = 0; row < runs->rows; row++)
                RowDealing.Join(
                    lists + runs->first + row * side * stride, side, stride,
                    plane + runs->target + (nint)row * width, runs->outputs, add);
    }
}
