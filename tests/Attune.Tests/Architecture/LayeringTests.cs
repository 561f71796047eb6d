namespace Attune.Tests.Architecture;

public sealed class LayeringTests
{
    private const string Library = "src/Attune/";

    private static IEnumerable<(string, string)> Sources =>
        Repository.Files("*.cs", "src/Attune").Select(file => (file.Path[Library.Length..], file.Text));

    [Fact]
    public void No_folder_names_a_later_one()
    {
        Assert.Empty(Layering.Problems(Sources));
    }

    [Fact]
    public void A_name_that_is_planted_among_the_real_sources_is_found()
    {
        const string Planted =
            "namespace Attune.Kernels; class Planted { Attune.Graph.Network? network; MLModel? model; }";

        Assert.Equal(
            [
                "Kernels/Planted.cs names Graph/",
                "Kernels/Planted.cs names Graph/Network.cs",
                "Kernels/Planted.cs names Models/MLModel.Observing.cs",
                "Kernels/Planted.cs names Models/MLModel.cs",
            ],
            Layering.Problems([.. Sources, ("Kernels/Planted.cs", Planted)]));
    }

    [Fact]
    public void Every_folder_has_its_place()
    {
        IEnumerable<string?> folders = Directory.EnumerateDirectories(Repository.Place(Library))
            .Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj"));

        Assert.Equal(Layering.Order.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Layers.Convolution? made;", "")]
    [InlineData("object made = new Attune.Layers.Convolution();", "")]
    [InlineData("int made = \"\".Size();", "using Attune.Layers;")]
    [InlineData("int made = Size(\"\");", "using static Attune.Layers.Sizes;")]
    public void A_name_of_a_later_folder_is_found(string member, string directive)
    {
        string gemm = directive + " namespace Attune.Kernels; internal class Gemm { " + member + " }";

        Assert.Contains(
            "Kernels/Gemm.cs names Layers/Convolution.cs", Layering.Problems([("Kernels/Gemm.cs", gemm), Convolution]));
    }

    [Fact]
    public void A_name_of_an_earlier_folder_is_right()
    {
        const string Task = "namespace Attune.Update; class Some { Attune.Layers.Convolution? made; }";

        Assert.Empty(Layering.Problems([Convolution, ("Update/Some.cs", Task)]));
    }

    [Fact]
    public void A_directive_of_a_later_folder_is_found()
    {
        const string Gemm = "using Attune.Layers; namespace Attune.Kernels; class Gemm { }";

        Assert.Contains("Kernels/Gemm.cs names Layers/", Layering.Problems([("Kernels/Gemm.cs", Gemm), Convolution]));
    }

    [Fact]
    public void Messages_of_the_format_belong_to_its_folder()
    {
        const string Files = "namespace Attune.Files; class Some { Attune.Format.Specification.Model? made; }";
        const string Graph = "namespace Attune.Graph; class Some { Attune.Format.Specification.Model? made; }";

        Assert.Contains("Files/Some.cs names Format/Protos", Layering.Problems([("Files/Some.cs", Files)]));
        Assert.Empty(Layering.Problems([("Graph/Some.cs", Graph)]));
    }

    [Fact]
    public void A_name_of_its_own_folder_is_right_though_a_later_one_has_the_same()
    {
        (string, string) own = ("Kernels/Convolution.cs", "namespace Attune.Kernels; class Convolution { }");
        (string, string) user = ("Kernels/Gemm.cs", "namespace Attune.Kernels; class Gemm { Convolution? made; }");

        Assert.Empty(Layering.Problems([own, user, Convolution]));
    }

    private static (string, string) Convolution => (
        "Layers/Convolution.cs",
        """
        namespace Attune.Layers;
        internal sealed class Convolution { }
        internal static class Sizes { public static int Size(this string text) => text.Length; }
        """);
}
