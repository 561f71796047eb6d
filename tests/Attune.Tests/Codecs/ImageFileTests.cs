using Attune.Codecs;

namespace Attune.Tests.Codecs;

public sealed class ImageFileTests
{
    private static readonly string Photo = Path.Combine(ImageSuiteTests.Folder, "progressive-420.jpg");

    [Theory]
    [InlineData("progressive-420.jpg")]
    [InlineData("baseline-420.jpg")]
    [InlineData("palette-8.bmp")]
    [InlineData("runs-8.bmp")]
    [InlineData("plain.gif")]
    [InlineData("bytes.ppm")]
    [InlineData("text.ppm")]
    public void A_stream_that_gives_a_byte_at_a_time_gives_the_same_image(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(ImageSuiteTests.Folder, name));

        MLPixelBuffer trickled = ImageFile.Decode(new Trickle(file), new MLImageOptions()).Pixels;

        Assert.Equal(TestImages.Decode(file).Bytes(), trickled.Bytes());
    }

    [Fact]
    public void A_png_stream_that_gives_a_byte_at_a_time_gives_the_same_image() => Assert.All(
        SmallPng.Files(),
        file => Assert.Equal(
            TestImages.Decode(file).Bytes(),
            ImageFile.Decode(new Trickle(file), new MLImageOptions()).Pixels.Bytes()));

    [Fact]
    public void An_image_starts_where_the_stream_stands()
    {
        var stream = new MemoryStream([1, 2, 3, .. File.ReadAllBytes(Photo)]) { Position = 3 };

        Assert.Equal((67, 45), Size(ImageFile.Decode(stream, new MLImageOptions()).Pixels));
    }

    [Fact]
    public void Limits_are_the_callers()
    {
        byte[] file = File.ReadAllBytes(Photo);

        Assert.Equal((67, 45), Size(TestImages.Decode(file, new ImageLimits { MaxSide = 67, MaxPixels = 67 * 45 })));
        Refuses(new ImageLimits { MaxSide = 66 }, "66 on a side");
        Refuses(new ImageLimits { MaxPixels = 67 * 45 - 1 }, "3014 pixels");
        Refuses(new ImageLimits { MaxMemoryBytes = 20_000 }, "20000 bytes of memory");
        Refuses(new ImageLimits { MaxFileBytes = file.Length - 1 }, "this one has more");

        void Refuses(ImageLimits limits, string part) => Assert.Contains(
            part, Assert.Throws<ImageFormatException>(() => TestImages.Decode(file, limits)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_of_unknown_length_is_read_no_further_than_the_limit()
    {
        byte[] file = File.ReadAllBytes(Photo);

        Assert.Throws<ImageFormatException>(() => ImageFile.Decode(
            new Trickle(file), new MLImageOptions { Limits = new ImageLimits { MaxFileBytes = 500 } }));
    }

    [Fact]
    public void Limits_below_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxSide = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { MaxPixels = -1 });
    }

    [Fact]
    public void Reading_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var stream = new Trickle(File.ReadAllBytes(Photo)) { AfterBytes = 1000, Then = source.Cancel };

        Assert.Throws<OperationCanceledException>(() => ImageFile.Decode(stream, new MLImageOptions(), source.Token));
    }

    [Fact]
    public void What_the_stream_throws_comes_through()
    {
        byte[] png = SmallPng.Files()[0];
        var stream = new Trickle(png) { AfterBytes = png.Length - 30, Then = () => throw new IOException("gone") };

        Assert.Equal("gone", Assert.Throws<IOException>(() => ImageFile.Decode(stream, new MLImageOptions())).Message);
    }

    private static (int, int) Size(MLPixelBuffer image) => (image.Width, image.Height);

    /// <summary>Bytes one at a time; after some of them something happens.</summary>
    private sealed class Trickle(byte[] bytes) : Stream
    {
        private int position;

        public int AfterBytes { get; init; } = int.MaxValue;

        public Action Then { get; init; } = () => { };

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (position >= AfterBytes)
                Then();
            if (position == bytes.Length || count == 0)
                return 0;
            buffer[offset] = bytes[position++];
            return 1;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
