namespace Attune.Tests.Architecture;

public sealed class LayersPageTests
{
    [Fact]
    public void The_page_of_layers_is_as_the_code_is() => Repository.RequireText("docs/layers.md", LayersPage.Write());

    [Fact]
    public void Every_kind_of_layer_has_a_case() => Assert.Empty(LayersPage.KindsWithoutCases());
}
