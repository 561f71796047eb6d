using Attune.Format.Specification;
using Google.Protobuf.Collections;

namespace Attune.Format.Validation;

/// <summary>Rules on pipelines: what flows from stage to stage, names, and which stage learns.</summary>
internal static class PipelineRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } =
    [
        new("pipeline.models.none", "A pipeline has a model.", "Add a model.", NoModels),
        new(
            "pipeline.inputs",
            "The inputs of each model are inputs of the pipeline or outputs of models before it, of the same type.",
            "Correct the name or the type.",
            Inputs),
        new(
            "pipeline.outputs",
            "The outputs of a pipeline are inputs of it or outputs of its models, of the same type.",
            "Correct the name or the type.",
            Outputs),
        new ValidationRule<ValidatedModel>(
            "pipeline.names",
            "Where the models of a pipeline have names, each has one of its own.",
            "Give each model a name, or none.",
            Names),
        new ValidationRule<ValidatedModel>(
            "pipeline.updatable",
            "In an updatable pipeline the last model is updatable and no other is; in another, none is.",
            "Correct isUpdatable of the pipeline and of its models.",
            UpdatableStages).Tolerated("A model that cannot learn still predicts; an update task refuses it."),
    ];

    public static Pipeline Of(Model model) => model switch
    {
        { Pipeline: { } pipeline } => pipeline,
        { PipelineClassifier.Pipeline: { } pipeline } => pipeline,
        { PipelineRegressor.Pipeline: { } pipeline } => pipeline,
        _ => new Pipeline(),
    };

    private static IEnumerable<Flaw> NoModels(ValidatedModel model)
    {
        if (Of(model.Model).Models.Count == 0)
            yield return new Flaw("A pipeline takes one model or more; got none.", "models");
    }

    private static IEnumerable<Flaw> Inputs(ValidatedModel model)
    {
        Dictionary<string, FeatureDescription> made = Begin(model);
        RepeatedField<Model> stages = Of(model.Model).Models;
        for (int i = 0; i < stages.Count; i++)
        {
            foreach (FeatureDescription input in Description(stages[i]).Input)
                if (Problem(made, input) is { } problem)
                    yield return new Flaw(
                        $"Model {i} of the pipeline takes '{input.Name}', {problem}.", $"models[{i}]");
            Take(made, stages[i]);
        }
    }

    private static IEnumerable<Flaw> Outputs(ValidatedModel model)
    {
        Dictionary<string, FeatureDescription> made = Begin(model);
        foreach (Model stage in Of(model.Model).Models)
            Take(made, stage);
        foreach (FeatureDescription output in model.Description.Output)
            if (Problem(made, output) is { } problem)
                yield return new Flaw($"The pipeline makes '{output.Name}', {problem}.");
    }

    private static IEnumerable<Flaw> Names(ValidatedModel model)
    {
        Pipeline pipeline = Of(model.Model);
        if (pipeline.Names.Count == 0)
            yield break;
        if (pipeline.Names.Count != pipeline.Models.Count)
            yield return new Flaw(
                $"A pipeline takes as many names as models, {pipeline.Models.Count}; got {pipeline.Names.Count}.",
                "names");
        foreach ((string name, int count) in pipeline.Names.CountBy(name => name))
            if (count > 1)
                yield return new Flaw($"A pipeline takes different names; several models have '{name}'.", "names");
    }

    private static IEnumerable<Flaw> UpdatableStages(ValidatedModel model)
    {
        RepeatedField<Model> stages = Of(model.Model).Models;
        for (int i = 0; i < stages.Count; i++)
        {
            bool shouldBe = model.Model.IsUpdatable && i == stages.Count - 1;
            if (stages[i].IsUpdatable != shouldBe)
                yield return new Flaw(
                    $"Model {i} of {(model.Model.IsUpdatable ? "an updatable" : "a")} pipeline is " +
                    $"{(shouldBe ? "updatable" : "not updatable")}; this one is{(shouldBe ? " not" : "")}.",
                    $"models[{i}]");
        }
    }

    private static Dictionary<string, FeatureDescription> Begin(ValidatedModel model)
    {
        var made = new Dictionary<string, FeatureDescription>(StringComparer.Ordinal);
        foreach (FeatureDescription input in model.Description.Input)
            made[input.Name] = input;
        return made;
    }

    private static void Take(Dictionary<string, FeatureDescription> made, Model stage)
    {
        foreach (FeatureDescription output in Description(stage).Output)
            made[output.Name] = output;
    }

    private static string? Problem(Dictionary<string, FeatureDescription> made, FeatureDescription wanted)
    {
        if (!made.TryGetValue(wanted.Name, out FeatureDescription? found))
            return "which neither its inputs nor the models before it have";
        return FeatureTypes.AreEquivalent(found.Type, wanted.Type) ? null : "which is of another type where it is made";
    }

    private static ModelDescription Description(Model stage) => stage.Description ?? new ModelDescription();
}
