using Attune.Format;
using Attune.Format.Specification;
using Field = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Tests.Format;

public sealed class LayerKindTests
{
    [Fact]
    public void Every_kind_is_called_as_its_field_in_the_file()
    {
        foreach (Field field in Enum.GetValues<Field>())
        {
            string expected = NeuralNetworkLayer.Descriptor.FindFieldByNumber((int)field)?.Name ?? "none";
            Assert.Equal(expected, LayerKind.NameOf(field));
        }
    }
}
