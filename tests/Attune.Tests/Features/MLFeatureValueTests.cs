using System.Runtime.InteropServices;
using Attune.Tests.Codecs;
using FsCheck.Xunit;

namespace Attune.Tests.Features;

public sealed class MLFeatureValueTests
{
    [Fact]
    public void A_value_gives_back_what_it_was_made_of()
    {
        Assert.Equal(long.MinValue, MLFeatureValue.FromInt64(long.MinValue).Int64Value);
        Assert.Equal(0.1, MLFeatureValue.FromDouble(0.1).DoubleValue);
        Assert.Equal("seven", MLFeatureValue.FromString("seven").StringValue);
        var sequence = MLSequence.FromStrings(["a", "b"]);
        Assert.Same(sequence, MLFeatureValue.FromSequence(sequence).SequenceValue);
        var image = new MLPixelBuffer(1, 1, MLPixelFormat.Rgb24);
        Assert.Same(image, MLFeatureValue.FromPixelBuffer(image).ImageBufferValue);
    }

    [Fact]
    public void An_array_is_aliased()
    {
        var array = new MLMultiArray(new float[] { 1, 2 });
        MLFeatureValue value = array;

        array[0] = 9;

        Assert.Same(array, value.MultiArrayValue);
        Assert.Equal(9, value.MultiArrayValue![0]);
    }

    [Fact]
    public void Reading_another_kind_yields_nothing()
    {
        MLFeatureValue text = "1";
        MLFeatureValue integer = 5;

        Assert.Equal(0, text.Int64Value);
        Assert.Equal(0, integer.DoubleValue);
        Assert.Equal("", integer.StringValue);
        Assert.Null(text.MultiArrayValue);
        Assert.Null(text.ImageBufferValue);
        Assert.Null(text.SequenceValue);
        Assert.Empty(text.DictionaryValue);
    }

    [Fact]
    public void Plain_numbers_convert_to_the_kind_that_they_are()
    {
        MLFeatureValue integer = 5;
        MLFeatureValue number = 5.0;

        Assert.Equal(MLFeatureType.Int64, integer.Type);
        Assert.Equal(MLFeatureType.Double, number.Type);
        Assert.NotEqual(integer, number);
    }

    [Fact]
    public void A_dictionary_is_copied_and_keeps_its_order()
    {
        var labels = new Dictionary<string, double> { ["z"] = 0.75, ["a"] = 0.25 };
        var value = MLFeatureValue.FromDictionary(labels);

        labels["z"] = 0;

        Assert.Equal(["z", "a"], value.DictionaryValue.Keys);
        Assert.Equal(0.75, value.DictionaryValue["z"]);
    }

    [Fact]
    public void Integer_keys_are_found_by_int_and_by_long()
    {
        var value = MLFeatureValue.FromDictionary(new Dictionary<long, double> { [3] = 0.5 });

        Assert.Equal(0.5, value.DictionaryValue[3]);
        Assert.Equal(0.5, value.DictionaryValue[3L]);
        Assert.False(value.DictionaryValue.ContainsKey("3"));
    }

    [Fact]
    public void An_undefined_value_has_a_kind_and_nothing_else()
    {
        var value = MLFeatureValue.Undefined(MLFeatureType.Double);

        Assert.True(value.IsUndefined);
        Assert.Equal(0, value.DoubleValue);
        Assert.Equal(value, MLFeatureValue.Undefined(MLFeatureType.Double));
        Assert.NotEqual(value, MLFeatureValue.Undefined(MLFeatureType.Int64));
        Assert.NotEqual(value, MLFeatureValue.FromDouble(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MLFeatureValue.Undefined(MLFeatureType.Invalid));
        Assert.Throws<ArgumentOutOfRangeException>(() => MLFeatureValue.Undefined(MLFeatureType.State));
    }

    /// <summary>A value of any kind out of few, so that equal ones are common.</summary>
    private static MLFeatureValue Some(uint seed) => (seed % 9) switch
    {
        0 => MLFeatureValue.FromInt64(seed / 9 % 2),
        1 => MLFeatureValue.FromDouble(seed / 9 % 2 == 0 ? 0 : double.NaN),
        2 => MLFeatureValue.FromString(seed / 9 % 2 == 0 ? "a" : "b"),
        3 => MLFeatureValue.FromMultiArray(
            MLMultiArray.Wrap<float>(new float[] { 1, 0, seed / 18 % 2, 0 }, [2], [(int)(seed / 9 % 2) + 1])),
        4 => MLFeatureValue.FromPixelBuffer(
            new MLPixelBuffer(new byte[] { 1, (byte)(seed / 9 % 2), 2 }, 1, 2, MLPixelFormat.OneComponent8, 2)),
        5 => MLFeatureValue.FromDictionary(new Dictionary<string, double> { ["a"] = seed / 9 % 2, ["b"] = 1 }),
        6 => MLFeatureValue.FromDictionary(new Dictionary<long, double> { [1] = seed / 9 % 2 }),
        7 => MLFeatureValue.FromSequence(MLSequence.FromInt64s([seed / 9 % 2])),
        _ => MLFeatureValue.Undefined(seed / 9 % 2 == 0 ? MLFeatureType.Image : MLFeatureType.String),
    };

    [Property(MaxTest = 500)]
    public void Equality_is_an_equivalence_that_hashes_agree_with(uint a, uint b, uint c)
    {
        MLFeatureValue x = Some(a), y = Some(b), z = Some(c);

        Assert.True(x.Equals(x) && x.Equals(Some(a)));
        Assert.False(x.Equals(null));
        Assert.Equal(x.Equals(y), y.Equals(x));
        Assert.True(!x.Equals(y) || x.GetHashCode() == y.GetHashCode());
        Assert.True(!(x.Equals(y) && y.Equals(z)) || x.Equals(z));
    }

    [Fact]
    public void Equal_images_may_differ_in_the_gap_between_rows()
    {
        MLFeatureValue one = new MLPixelBuffer(new byte[] { 1, 7, 2 }, 1, 2, MLPixelFormat.OneComponent8, 2);
        MLFeatureValue other = new MLPixelBuffer(new byte[] { 1, 2 }, 1, 2, MLPixelFormat.OneComponent8);

        Assert.Equal(one, other);
    }

    [Fact]
    public void An_image_file_becomes_what_the_constraint_says()
    {
        byte[] png = TestImages.Encode(TestImages.Of(2, 2, 4, [.. Enumerable.Repeat((byte)0, 16)]));
        var constraint = new MLImageConstraint(1, 1, MLPixelFormat.Bgra32);

        MLPixelBuffer image = MLFeatureValue.FromImage(png, constraint).ImageBufferValue!;
        MLPixelBuffer kept = MLFeatureValue.FromImage(
            png, 1, 1, MLPixelFormat.Bgra32,
            new MLImageOptions { Transparency = MLImageTransparency.Keep }).ImageBufferValue!;

        Assert.Equal([255, 255, 255, 255], image.GetRow(0).ToArray());
        Assert.Equal([0, 0, 0, 0], kept.GetRow(0).ToArray());
    }

    [Fact]
    public void Path_stream_and_bytes_give_one_image()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "3_0.png");
        byte[] png = TestImages.Encode(TestImages.Of(3, 1, 1, [10, 20, 30]));
        File.WriteAllBytes(path, png);

        MLPixelBuffer image = MLFeatureValue.FromImageFile(
            path, pixelsWide: 3, pixelsHigh: 1, MLPixelFormat.OneComponent8).ImageBufferValue!;
        var streamed = MLFeatureValue.FromImage(new MemoryStream(png), 3, 1, MLPixelFormat.OneComponent8);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        Assert.Equal([10, 20, 30], image.GetRow(0).ToArray());
        Assert.Equal<MLFeatureValue>(image, streamed);
        Assert.Throws<FileNotFoundException>(
            () => MLFeatureValue.FromImageFile(Path.GetTempPath() + "/no.png", 1, 1, MLPixelFormat.Rgb24));
    }

    [Fact]
    public void Pixels_in_memory_are_cropped_scaled_turned_and_converted()
    {
        // Three columns and two rows: 10 20 30, 40 50 60.
        var pixels = new MLPixelBuffer(new byte[] { 10, 20, 30, 40, 50, 60 }, 3, 2, MLPixelFormat.OneComponent8);
        var options = new MLImageOptions
        {
            Orientation = MLImageOrientation.Right, // the first row becomes the right side: 40 10, 50 20, 60 30
            CropRect = new MLCropRect(0, 1, 2, 2),
        };

        MLPixelBuffer turned = MLFeatureValue.FromPixels(
            pixels, 2, 2, MLPixelFormat.OneComponent16Half, options).ImageBufferValue!;
        MLPixelBuffer scaled = MLFeatureValue.FromPixels(
            pixels, new MLImageConstraint(1, 1, MLPixelFormat.Bgra32)).ImageBufferValue!;

        Assert.Equal([50, 20, 60, 30], new[] { 0, 1 }.SelectMany(
            y => MemoryMarshal.Cast<byte, Half>(turned.GetRow(y)).ToArray().Select(half => (int)half)));
        Assert.Equal([35, 35, 35, 255], scaled.GetRow(0).ToArray());
    }

    [Fact]
    public void Options_that_there_are_not_are_refused()
    {
        var pixels = new MLPixelBuffer(1, 1, MLPixelFormat.OneComponent8);

        Assert.All(
            new MLImageOptions[]
            {
                new() { Orientation = 0 },
                new() { CropAndScale = (MLImageCropAndScale)7 },
                new() { Transparency = (MLImageTransparency)7 },
            },
            options => Assert.Throws<ArgumentOutOfRangeException>(
                () => MLFeatureValue.FromPixels(pixels, 1, 1, MLPixelFormat.Rgb24, options)));
    }

    [Theory]
    [InlineData(MLPixelFormat.OneComponent8, new byte[] { 3, 200 })]
    [InlineData(MLPixelFormat.Rgb24, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(MLPixelFormat.Rgba32, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(MLPixelFormat.Bgra32, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    public void A_saved_image_is_the_same_when_it_is_read(MLPixelFormat format, byte[] pixels)
    {
        var image = new MLPixelBuffer(pixels, 2, 1, format);
        var file = new MemoryStream();

        image.SavePng(file);

        Assert.Equal<MLFeatureValue>(image, MLFeatureValue.FromImage(
            file.ToArray(), 2, 1, format, new MLImageOptions { Transparency = MLImageTransparency.Keep }));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(1_000_001, 1)]
    [InlineData(65535, 65535)]
    public void An_image_of_a_size_that_cannot_be_is_refused(int width, int height)
    {
        byte[] png = TestImages.Encode(TestImages.Of(1, 1, 1, [0]));

        Assert.Throws<ArgumentOutOfRangeException>(
            () => MLFeatureValue.FromImage(png, width, height, MLPixelFormat.OneComponent8));
    }
}
