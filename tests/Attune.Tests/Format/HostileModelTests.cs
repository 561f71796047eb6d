using System.Diagnostics;
using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Tests.Format;

/// <summary>
/// Whatever the bytes, reading gives a model or <see cref="MLModelFormatException"/>, soon and in bounded memory.
/// </summary>
public class HostileModelTests
{
    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "a group", new Wire().Tag(1, 3).Tag(1, 4).Bytes },
        { "an unknown group", new Wire().Tag(777, 3).Tag(777, 4).Bytes },
        { "wire type 6", new Wire().Tag(777, 6).Bytes },
        { "wire type 7", new Wire().Tag(1, 7).Bytes },
        { "field 0", new Wire().Tag(0, 0).Varint(1).Bytes },
        { "a tag of 33 bits", new Wire().Varint(1UL << 33).Varint(1).Bytes },
        { "a varint of eleven bytes", [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01] },
        { "a varint of 65 bits", [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02] },
        { "a negative length", new Wire().Tag(2, 2).Varint(ulong.MaxValue).Bytes },
        { "a length past the end", new Wire().Tag(2, 2).Varint(5).Raw(1).Bytes },
        { "a length past its parent", new Wire().Message(2, x => x.Tag(1, 2).Varint(3)).Raw(0, 0, 0).Bytes },
        { "a number past its parent", new Wire().Message(500, x => x.Tag(5, 0)).Number(1, 1).Bytes },
        { "a number where a message belongs", new Wire().Number(2, 1).Bytes },
        { "a message where a number belongs", new Wire().Field(1, [1]).Bytes },
        { "floats of five bytes", Wire.ModelWithWeights(new Wire().Field(1, [1, 2, 3, 4, 5]).Bytes) },
        { "a float cut by its message", Wire.ModelWithWeights(new Wire().Tag(1, 5).Raw(1, 2).Bytes) },
        { "weights merged from two messages", Twice() },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damage_is_refused_with_its_place(string what, byte[] bytes)
    {
        var error = Assert.Throws<MLModelFormatException>(() => ModelDocument.Read(bytes));

        Assert.True(error.Location is not null, what);
        Assert.Contains("byte ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_is_the_path_of_the_field()
    {
        byte[] weights = new Wire().Floats(1, 1).Tag(2, 2).Varint(1000).Bytes;

        var error = Assert.Throws<MLModelFormatException>(() => ModelDocument.Read(Wire.ModelWithWeights(weights)));

        Assert.Equal("neuralNetwork.layers[0].innerProduct.weights.float16Value", error.Location);
    }

    [Fact]
    public void Text_that_is_no_text_is_refused_or_read_but_never_another_error()
    {
        byte[] bytes = new Wire().Message(500, x => x.Message(1, y => y.Field(1, [0xFF, 0xC0, 0x80]))).Bytes;

        Accepts(bytes);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Nesting_is_bounded(int depth, bool isRead)
    {
        // Pipelines in models: two levels each.
        byte[] bytes = depth % 2 == 1 ? new Wire().Field(202, []).Bytes : [];
        for (int i = 0; i < depth / 2; i++)
            bytes = new Wire().Field(202, new Wire().Field(1, bytes).Bytes).Bytes;

        Assert.Equal(isRead, Accepts(bytes));
    }

    [Fact]
    public void Endless_nesting_is_refused()
    {
        var wire = new Wire();
        for (int i = 0; i < 100_000; i++)
            wire.Raw(0xD2, 0x0C, 0x80, 0x80, 0x80, 0x80, 0x01);

        Assert.False(Accepts(wire.Bytes));
    }

    public static TheoryData<string, byte[], byte[]> Cheap => new()
    {
        { "empty layers", new Wire().Field(1, []).Bytes, [0xA2, 0x1F] },
        { "unknown fields in empty messages", new Wire().Message(1, x => x.Number(9, 1)).Bytes, [0xA2, 0x1F] },
        { "empty features", new Wire().Field(1, []).Bytes, [0x12] },
    };

    [Theory]
    [MemberData(nameof(Cheap))]
    public void Messages_of_a_few_bytes_without_end_are_refused_before_memory_is_taken(
        string what, byte[] one, byte[] tag)
    {
        byte[] content = new byte[one.Length * 2_000_000];
        for (int i = 0; i < content.Length; i += one.Length)
            one.CopyTo(content, i);
        byte[] bytes = [.. tag, .. new Wire().Varint((ulong)content.Length).Bytes, .. content];
        Accepts(new Wire().Field(500, []).Bytes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        bool isRead = Accepts(bytes);

        Assert.False(isRead, what);
        // What any file may take; the messages would take 130 MB and more.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_great_forest_of_trees_is_read()
    {
        var trees = new TreeEnsembleParameters();
        for (uint i = 0; i < 300_000; i++)
            trees.Nodes.Add(new TreeEnsembleParameters.Types.TreeNode
            {
                TreeId = i / 100,
                NodeId = i % 100,
                BranchFeatureValue = i,
                EvaluationInfo =
                {
                    new TreeEnsembleParameters.Types.TreeNode.Types.EvaluationInfo { EvaluationValue = 1 },
                },
            });
        var model = new Model { TreeEnsembleRegressor = new TreeEnsembleRegressor { TreeEnsemble = trees } };

        Assert.Equal(model, ModelDocument.Of(model).Model);
    }

    [Fact]
    public void A_promise_of_gigabytes_takes_no_memory()
    {
        byte[] bytes = new Wire().Tag(500, 2).Varint(int.MaxValue).Tag(1, 2).Varint(2_000_000_000)
            .Tag(140, 2).Varint(1_999_000_000).Tag(20, 2).Varint(1_998_000_000).Tag(1, 2).Varint(1_997_000_000).Bytes;
        Assert.Throws<MLModelFormatException>(() => ModelDocument.Read(new TricklingStream([1])));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MLModelFormatException>(() => ModelDocument.Read(new TricklingStream(bytes)));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Every_truncation_of_a_model_is_a_model_or_refused()
    {
        byte[] bytes = Example();
        for (int length = 0; length < bytes.Length; length++)
        {
            bool fromMemory = Accepts(bytes[..length]);
            Assert.Equal(fromMemory, Accepts(new TricklingStream(bytes[..length], 7)));
        }
    }

    [Fact]
    public void Mutated_models_are_models_or_refused()
    {
        var random = new Random(20260101);
        byte[] bytes = Example();
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] mutated = (byte[])bytes.Clone();
            for (int i = random.Next(1, 5); i > 0; i--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            if (!Accepts(mutated))
                refused++;
        }

        Assert.InRange(refused, 1000, 19_999);
    }

    [Fact]
    public void Random_bytes_are_refused_or_read()
    {
        var random = new Random(20260102);
        for (int round = 0; round < 5000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            Accepts(bytes);
        }
    }

    // What is read has to come back byte for byte as well. Any exception but the right one fails the test.
    private static bool Accepts(byte[] bytes)
    {
        try
        {
            ModelDocument document = ModelDocument.Read(bytes);
            var written = new MemoryStream();
            document.Write(written);
            Assert.Equal(bytes, written.ToArray());
            return true;
        }
        catch (MLModelFormatException)
        {
            return false;
        }
    }

    private static bool Accepts(Stream stream)
    {
        try
        {
            _ = ModelDocument.Read(stream);
            return true;
        }
        catch (MLModelFormatException)
        {
            return false;
        }
    }

    private static byte[] Twice()
    {
        byte[] network = Wire.ModelWithWeights(new Wire().Floats(1, 1).Bytes);
        return [.. network, .. network];
    }

    private static byte[] Example()
    {
        byte[] weights = new Wire().Floats(1, 1, 2, 3).Float(1, 4).Number(50, 1).Bytes;
        byte[] quantized = new Wire().Field(30, [1, 2, 3])
            .Message(40, x => x.Number(1, 8).Message(101, y => y.Floats(1, 0.5f))).Bytes;
        return [.. new Wire().Message(2, x => x.Message(1, y => y.Text(1, "in")).Message(100, y => y
                .Message(100, z => z.Text(1, "key").Text(2, "value")))).Bytes,
            .. new Wire().Message(202, x => x
                .Field(1, Wire.ModelWithWeights(weights)).Field(1, Wire.ModelWithWeights(quantized))
                .Text(2, "a").Text(2, "b")).Number(1234, 5).Bytes];
    }
}
