using System.Text.Json;
using Attune.Files;
using Attune.Format;
using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Files;

public sealed class ModelStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Forms => ["model.mlmodel", "model.mlpackage", "model.mlmodelc"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_saved_model_is_the_model(string name)
    {
        byte[] bytes = Digits(1, 2, 3).ToByteArray();

        ModelStore.Save(folder.In(name), ModelDocument.Read(bytes));
        OpenedModel opened = ModelStore.Open(folder.In(name));

        Assert.Equal(bytes, Written(opened.Document));
        Assert.Equal(folder.In(name), opened.Path);
        Assert.Equal([name], folder.Entries().Where(entry => !entry.Contains('/')));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Changed_weights_are_saved(string name)
    {
        ModelDocument document = ModelDocument.Of(Digits(1, 2, 3));

        ModelStore.Save(folder.In(name), document, Change(4, 5, 6));

        Assert.Equal(Digits(4, 5, 6), Model.Parser.ParseFrom(Written(ModelStore.Open(folder.In(name)).Document)));
    }

    [Theory]
    [InlineData("model.mlpackage")]
    [InlineData("model.mlmodelc")]
    public void A_folder_may_be_named_with_a_slash_at_its_end(string name)
    {
        ModelStore.Save(folder.In(name) + "/", ModelDocument.Of(Digits(1)));

        Assert.Equal(Digits(1), Model.Parser.ParseFrom(Written(ModelStore.Open(folder.In(name) + "//").Document)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Saving_again_replaces_the_model_and_leaves_nothing_else(string name)
    {
        string path = folder.In(name);
        ModelStore.Save(path, ModelDocument.Of(Digits(1)));
        int entries = folder.Entries().Length;
        OpenedModel old = ModelStore.Open(path);

        ModelStore.Save(path, ModelDocument.Of(Digits(2)));
        ModelStore.Save(path, old.Document, Change(3));

        Assert.Equal(Digits(3), Model.Parser.ParseFrom(Written(ModelStore.Open(path).Document)));
        Assert.Equal(entries, folder.Entries().Length);
        // What was opened before still has its weights, mapped or not.
        Assert.Equal(Digits(1), Model.Parser.ParseFrom(Written(old.Document)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_crash_at_any_moment_leaves_the_old_model_or_the_new(string name)
    {
        string path = folder.In(name);
        ModelStore.Save(path, ModelDocument.Of(Digits(1)));
        List<SaveStep> steps = [];

        ModelStore.Save(path, ModelDocument.Of(Digits(2)), after: step =>
        {
            steps.Add(step);
            TemporaryFolder.Copy(folder.Path, folder.In("..", Path.GetFileName(folder.Path) + $"-{step}"));
        });

        foreach (SaveStep step in steps)
        {
            string crashed = folder.In("..", Path.GetFileName(folder.Path) + $"-{step}");
            try
            {
                Model found = Model.Parser.ParseFrom(Written(ModelStore.Open(Path.Combine(crashed, name)).Document));
                Assert.Equal(Digits(step == SaveStep.Written ? 1 : 2), found);

                // The next save works, and afterwards nothing of the interrupted one is left.
                ModelStore.Save(Path.Combine(crashed, name), ModelDocument.Of(Digits(3)));
                Assert.Equal(
                    folder.Entries().Length,
                    Directory.GetFileSystemEntries(crashed, "*", SearchOption.AllDirectories).Length);
            }
            finally
            {
                Directory.Delete(crashed, recursive: true);
            }
        }
        Assert.Equal(SaveStep.Written, steps[0]);
        Assert.Contains(SaveStep.Replaced, steps);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_save_that_fails_leaves_the_old_model_and_no_rubbish(string name)
    {
        string path = folder.In(name);
        ModelStore.Save(path, ModelDocument.Of(Digits(1)));
        string[] before = folder.Entries();

        Assert.Throws<IOException>(() => ModelStore.Save(
            path, ModelDocument.Of(Digits(2)), after: _ => throw new IOException("The disk is full.")));

        Assert.Equal(before, folder.Entries());
        Assert.Equal(Digits(1), Model.Parser.ParseFrom(Written(ModelStore.Open(path).Document)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_first_save_that_fails_leaves_nothing(string name)
    {
        Assert.Throws<IOException>(() => ModelStore.Save(
            folder.In(name), ModelDocument.Of(Digits(2)), after: _ => throw new IOException("The disk is full.")));

        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Opening_deletes_what_interrupted_saves_have_left()
    {
        string path = folder.In("model.mlmodelc");
        ModelStore.Save(path, ModelDocument.Of(Digits(1)));
        string[] whole = folder.Entries();
        File.WriteAllText(Path.Combine(path, UniqueName.Of("weights", ".bin")), "half");
        File.WriteAllText(UniqueName.Beside(Path.Combine(path, "attune.json")), "half");
        File.WriteAllText(Path.Combine(path, "notes.bin"), "somebody's own");

        _ = ModelStore.Open(path);

        Assert.Equal([.. whole.Append("model.mlmodelc/notes.bin").Order(StringComparer.Ordinal)], folder.Entries());
    }

    [Fact]
    public void Opening_deletes_nothing_while_somebody_saves()
    {
        string path = folder.In("model.mlmodelc");
        ModelStore.Save(path, ModelDocument.Of(Digits(1)));

        ModelStore.Save(path, ModelDocument.Of(Digits(2)), after: step =>
        {
            if (step == SaveStep.Written)
                Assert.Equal(Digits(1), Model.Parser.ParseFrom(Written(ModelStore.Open(path).Document)));
        });

        Assert.Equal(Digits(2), Model.Parser.ParseFrom(Written(ModelStore.Open(path).Document)));
    }

    [Fact]
    public void Two_saves_into_one_folder_do_not_mix()
    {
        string path = folder.In("model.mlmodelc");
        ModelStore.Save(path, ModelDocument.Of(Digits(1)));
        using FolderLock held = FolderLock.Take(path);

        var error = Assert.Throws<IOException>(() => ModelStore.Save(path, ModelDocument.Of(Digits(2))));

        Assert.Contains("cannot be locked", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model")]
    public void Another_extension_is_refused(string name) => Assert.Throws<ArgumentException>(
        () => ModelStore.Save(folder.In(name), ModelDocument.Of(Digits(1))));

    [Fact]
    public void Places_that_do_not_fit_are_refused_as_files_are_in_dotnet()
    {
        ModelDocument document = ModelDocument.Of(Digits(1));
        Directory.CreateDirectory(folder.In("folder.mlmodel"));
        Directory.CreateDirectory(folder.In("other.mlpackage", "inside"));
        File.WriteAllText(folder.In("file.mlmodelc"), "");

        Assert.Throws<FileNotFoundException>(() => ModelStore.Open(folder.In("none.mlmodel")));
        Assert.Throws<DirectoryNotFoundException>(() => ModelStore.Open(folder.In("none.mlpackage")));
        Assert.Throws<DirectoryNotFoundException>(() => ModelStore.Open(folder.In("none", "none.mlmodel")));
        Assert.Throws<DirectoryNotFoundException>(() => ModelStore.Save(folder.In("none", "m.mlmodel"), document));
        Assert.Throws<DirectoryNotFoundException>(() => ModelStore.Save(folder.In("none", "m.mlmodelc"), document));
        Assert.Throws<IOException>(() => ModelStore.Save(folder.In("folder.mlmodel"), document));
        Assert.Throws<IOException>(() => ModelStore.Save(folder.In("file.mlmodelc"), document));
        Assert.Throws<IOException>(() => ModelStore.Save(folder.In("other.mlpackage"), document));
        Assert.Throws<MLModelFormatException>(() => ModelStore.Open(folder.In("other.mlpackage")));
        Assert.True(Directory.Exists(folder.In("other.mlpackage", "inside")));
    }

    [Fact]
    public void A_model_that_Apple_has_compiled_is_refused_with_advice()
    {
        Directory.CreateDirectory(folder.In("model.mlmodelc"));
        File.WriteAllText(folder.In("model.mlmodelc", "coremldata.bin"), "private");

        var error = Assert.Throws<MLModelNotSupportedException>(() => ModelStore.Open(folder.In("model.mlmodelc")));

        Assert.Contains(".mlpackage", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_weights_file_is_refused()
    {
        string path = folder.In("model.mlmodelc");
        ModelStore.Save(path, ModelDocument.Of(Digits(1, 2, 3)));
        string weights = Directory.GetFiles(path, "weights-*").Single();
        byte[] bytes = File.ReadAllBytes(weights);
        for (int at = 0; at < 40; at++)
        {
            byte[] damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x81;
            File.WriteAllBytes(weights, damaged);
            try
            {
                _ = Written(ModelStore.Open(path).Document);
            }
            catch (MLModelFormatException)
            {
                continue;
            }
            Assert.InRange(at, 12, 39); // the magic and the count are never read wrongly
        }
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(weights, bytes[..length]);
            Assert.Throws<MLModelFormatException>(() => ModelStore.Open(path));
        }
    }

    [Fact]
    public void Compiled_weights_start_at_multiples_of_64_bytes()
    {
        string path = folder.In("model.mlmodelc");
        ModelStore.Save(path, ModelDocument.Of(Digits(1, 2, 3)));

        byte[] bytes = File.ReadAllBytes(Directory.GetFiles(path, "weights-*").Single());

        Assert.Equal([1f, 2, 3], Enumerable.Range(0, 3).Select(i => BitConverter.ToSingle(bytes, 64 + (4 * i))));
        Assert.Equal(64 + 12, bytes.Length);
    }

    [Fact]
    public void Metadata_lies_beside_a_compiled_model()
    {
        Model model = Digits(1);
        model.SpecificationVersion = 4;
        model.Description.Metadata = new Metadata { Author = "A. Author" };
        ModelStore.Save(folder.In("My model.mlmodelc"), ModelDocument.Of(model));

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder.In("My model.mlmodelc", "metadata.json")));

        JsonElement about = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("A. Author", about.GetProperty("author").GetString());
        Assert.Equal("My_model", about.GetProperty("generatedClassName").GetString());
        Assert.Equal("MLModelType_neuralNetwork", about.GetProperty("modelType").GetProperty("name").GetString());
        Assert.Equal(1, about.GetProperty("neuralNetworkLayerTypeHistogram").GetProperty("InnerProduct").GetInt32());
        JsonElement input = Assert.Single(about.GetProperty("inputSchema").EnumerateArray());
        Assert.Equal("MultiArray (Float32 1 × 28)", input.GetProperty("formattedType").GetString());
    }

    private static Model Digits(params float[] weights) => new()
    {
        Description = new ModelDescription
        {
            Input =
            {
                new FeatureDescription
                {
                    Name = "image",
                    Type = new FeatureType
                    {
                        MultiArrayType = new ArrayFeatureType
                        {
                            Shape = { 1, 28 }, DataType = ArrayFeatureType.Types.ArrayDataType.Float32,
                        },
                    },
                },
            },
        },
        NeuralNetwork = new NeuralNetwork
        {
            Layers =
            {
                new NeuralNetworkLayer
                {
                    InnerProduct = new InnerProductLayerParams
                    {
                        Weights = new WeightParams { FloatValue = { weights } },
                    },
                },
            },
        },
    };

    private static ModelChanges Change(params float[] values) =>
        new() { Weights = new Dictionary<int, ReadOnlyMemory<float>> { [1] = values } };

    private static byte[] Written(ModelDocument document)
    {
        var stream = new MemoryStream();
        document.Write(stream);
        return stream.ToArray();
    }
}
