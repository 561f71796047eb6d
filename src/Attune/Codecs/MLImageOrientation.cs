namespace Attune;

/// <summary>
/// How stored pixels are to be turned to be seen upright. The numbers are those of the EXIF tag 274 and of
/// <c>CGImagePropertyOrientation</c>.
/// </summary>
public enum MLImageOrientation
{
    /// <summary>The first row is the top, the first column the left.</summary>
    Up = 1,

    /// <summary>Left and right are exchanged.</summary>
    UpMirrored = 2,

    /// <summary>Half a turn: the first row is the bottom, the first column the right.</summary>
    Down = 3,

    /// <summary>Top and bottom are exchanged.</summary>
    DownMirrored = 4,

    /// <summary>The first row is the left side, the first column the top.</summary>
    LeftMirrored = 5,

    /// <summary>To be turned a quarter clockwise: the first row is the right side, the first column the top.</summary>
    Right = 6,

    /// <summary>The first row is the right side, the first column the bottom.</summary>
    RightMirrored = 7,

    /// <summary>To be turned a quarter counter-clockwise: the first row is the left side, the first column the
    /// bottom.</summary>
    Left = 8,
}
