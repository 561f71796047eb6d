using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Tests.Format;

public class ModelFactsTests
{
    [Fact]
    public void Types_are_named_as_the_files_fields()
    {
        foreach (Model.TypeOneofCase type in Enum.GetValues<Model.TypeOneofCase>())
            Assert.Equal(
                Model.Descriptor.FindFieldByNumber((int)type)?.Name ?? "unknown", ModelFacts.FieldName(type));
    }
}
