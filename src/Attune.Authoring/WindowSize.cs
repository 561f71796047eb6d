namespace Attune.Authoring;

/// <summary>Height and width of a kernel, a stride or a dilation. One number means a square.</summary>
/// <param name="Height">Along the height, 1 or more.</param>
/// <param name="Width">Along the width, 1 or more.</param>
public readonly record struct WindowSize(int Height, int Width)
{
    /// <summary>A square.</summary>
    public static implicit operator WindowSize(int size) => new(size, size);

    /// <summary>Height, then width.</summary>
    public static implicit operator WindowSize((int Height, int Width) size) => new(size.Height, size.Width);

    internal ulong[] ToArray() => [(ulong)Height, (ulong)Width];
}
