using Attune.Codecs;

namespace Attune.Tests.Codecs;

public sealed class PngFilterTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Pixels_at_once_give_what_single_bytes_give(int distance)
    {
        var random = new Random(distance);
        for (int pixels = 1; pixels < 40; pixels++)
        {
            byte[] row = new byte[pixels * distance], above = new byte[row.Length];
            random.NextBytes(row);
            random.NextBytes(above);
            byte[] expected = [.. row];

            PngFilter.UndoPaeth(expected, above, distance);
            PngFilter.Undo(4, row, above, distance);

            Assert.Equal(expected, row);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Differences_from_the_left_add_up(int distance)
    {
        byte[] row = new byte[distance * 11], expected = new byte[row.Length];
        new Random(distance).NextBytes(row);
        for (int i = 0; i < row.Length; i++)
            expected[i] = (byte)(row[i] + (i < distance ? 0 : expected[i - distance]));

        PngFilter.Undo(1, row, new byte[row.Length], distance);

        Assert.Equal(expected, row);
    }
}
