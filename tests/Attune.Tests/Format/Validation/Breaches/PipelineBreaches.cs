using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on pipelines.</summary>
internal static class PipelineBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new(
            "pipeline.models.none",
            () => Models.Of(
                Number("x"), Number("x"), model => model.Pipeline = new() { Models = { Models.Identity() } }),
            model => model.Pipeline.Models.Clear()),
        new("pipeline.inputs", OneStage, model => Stage(model).Description.Input[0].Name = "z"),
        new("pipeline.outputs", OneStage, model => model.Description.Output[0].Name = "z"),
        new("pipeline.names", OneStage, model => model.Pipeline.Names.Add(["a", "b"])),
        new("pipeline.updatable", OneStage, model => Stage(model).IsUpdatable = true),
    ];

    private static Model OneStage() => Models.Of(
        Number("x"), Number("y"), model => model.Pipeline = new() { Models = { Models.Identity() } });

    private static Model Stage(Model model) => model.Pipeline.Models[0];
}
