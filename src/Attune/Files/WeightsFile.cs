using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Attune.Files;

/// <summary>
/// A file whose values are read where they stand: mapped into memory, or copied where nothing can be mapped.
/// </summary>
/// <remarks>The mapping lives as long as any memory that was taken from it.</remarks>
internal sealed class WeightsFile : IDisposable
{
    private readonly FileStream stream;
    private readonly Mapping? mapping;

    private WeightsFile(FileStream stream)
    {
        this.stream = stream;
        Length = stream.Length;
        if (!OperatingSystem.IsBrowser() && Length > 0)
            mapping = new Mapping(stream);
    }

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; }

    public static WeightsFile Open(string path) => new(new FileStream(
        path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1));

    /// <summary>The values from a place of the file on.</summary>
    /// <param name="offset">The place: a multiple of the size of a value.</param>
    /// <param name="count">How many values.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not lie in the file.</exception>
    public ReadOnlyMemory<T> Values<T>(long offset, int count)
        where T : unmanaged
    {
        long bytes = (long)count * Marshal.SizeOf<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (offset < 0 || bytes > Length || offset > Length - bytes || offset % Marshal.SizeOf<T>() != 0)
            throw new ArgumentOutOfRangeException(nameof(offset));
        if (count == 0)
            return default;
        return mapping is null ? Read<T>(offset, count) : new MappedValues<T>(mapping, offset, count).Memory;
    }

    /// <summary>Closes the file. Memory that was taken from it stays.</summary>
    public void Dispose() => stream.Dispose();

    private T[] Read<T>(long offset, int count)
        where T : unmanaged
    {
        T[] values = GC.AllocateUninitializedArray<T>(count);
        stream.Position = offset;
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private sealed class Mapping
    {
        private readonly MemoryMappedFile file;
        private readonly MemoryMappedViewAccessor view;

        public Mapping(FileStream stream)
        {
            file = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }

        // The view unmaps itself when it is collected, and it cannot be before this object, which its users hold.
        public nint Start => view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)view.PointerOffset;
    }

    private sealed class MappedValues<T>(Mapping mapping, long offset, int count) : MemoryManager<T>
        where T : unmanaged
    {
        // The constructor's caller has checked that offset and count lie in the mapping, which is as long as the file
        // was; files of this kind are never written again after they have their name.
        public override unsafe Span<T> GetSpan() => new((byte*)mapping.Start + offset, count);

        public override unsafe MemoryHandle Pin(int elementIndex = 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)count);
            return new MemoryHandle((T*)((byte*)mapping.Start + offset) + elementIndex, default, this);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
