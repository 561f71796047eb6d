using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on any model.</summary>
internal static class ModelBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new("model.version.missing", Models.Identity, model => model.SpecificationVersion = 0),
        new("model.version.newer", Models.Identity, model => model.SpecificationVersion = 11),
        new("model.type.missing", Models.Identity, model => model.ClearType()),
        new("model.inputs.none", Models.Identity, model => model.Description.Input.Clear()),
        new("model.outputs.none", Models.Identity, model => model.Description.Output.Clear()),
        new("model.functions.type", Functions, model => model.SpecificationVersion = 8),
        new("model.functions.default", Functions, model => model.Description.DefaultFunctionName = "other"),
        new("model.functions.alone", Functions, model => model.Description.Input.Add(Number("x"))),
        new("model.states.type", Models.Identity, model => model.Description.State.Add(State("s"))),
        new("updatable.version", () => TestModels.Line(), model => model.SpecificationVersion = 3),
        new("updatable.type", Models.Identity, model => model.IsUpdatable = true),
        new(
            "model.inputs.optional",
            Models.LinearRegressor,
            model => model.Description.Input[0].Type.IsOptional = true),
        new("model.outputs.optional", Models.Identity, model => model.Description.Output[0].Type.IsOptional = true),
        new(
            "model.inputs.default",
            Models.Identity,
            model =>
            {
                model.Description.Input[0] = TestModels.Array("x", 1);
                model.Description.Input[0].Type.IsOptional = true;
                model.Description.Input[0].Type.MultiArrayType.FloatDefaultValue = 1;
            }),
    ];

    private static Model Functions()
    {
        Model model = Models.Program();
        var function = new FunctionDescription { Name = "main" };
        function.Input.Add(model.Description.Input);
        function.Output.Add(model.Description.Output);
        model.Description = new() { DefaultFunctionName = "main", Functions = { function } };
        return model;
    }
}
