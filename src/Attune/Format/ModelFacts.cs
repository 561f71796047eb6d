using System.Globalization;
using Attune.Format.Specification;
using Google.Protobuf.Collections;
using MIL = Attune.Format.Specification.MIL;

namespace Attune.Format;

/// <summary>What can be said of a model without running it.</summary>
internal static class ModelFacts
{
    /// <summary>Apple's name of the model's type: <c>MLModelType_neuralNetworkClassifier</c>.</summary>
    public static string TypeName(Model model) => $"MLModelType_{WithSmallFirstLetter(model.TypeCase)}";

    /// <summary>
    /// The field of the file that holds a model of a type; "unknown" if there is none. Made from the enumeration: a
    /// descriptor would build those of all messages, which takes longer than loading a model.
    /// </summary>
    public static string FieldName(Model.TypeOneofCase type) =>
        type == Model.TypeOneofCase.None ? "unknown" : WithSmallFirstLetter(type);

    /// <summary>The models of a pipeline; empty for other types.</summary>
    public static IReadOnlyList<Model> Stages(Model model) => PipelineOf(model)?.Models ?? [];

    /// <summary>The pipeline that a model is, of whichever of the three kinds; null for other types, and for a
    /// classifier or regressor that lacks it.</summary>
    public static Pipeline? PipelineOf(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.Pipeline => model.Pipeline,
        Model.TypeOneofCase.PipelineClassifier => model.PipelineClassifier.Pipeline,
        Model.TypeOneofCase.PipelineRegressor => model.PipelineRegressor.Pipeline,
        _ => null,
    };

    /// <summary>The names of a pipeline's models: those of the file, or model0, model1, … where it gives
    /// none.</summary>
    public static IReadOnlyList<string> StageNames(Model model)
    {
        return PipelineOf(model) is { Names: { Count: > 0 } names }
            ? names
            : [.. Stages(model).Select((_, i) => FormattableString.Invariant($"model{i}"))];
    }

    /// <summary>The nearest-neighbours classifiers among a model and the models of its pipeline, in the order of the
    /// file.</summary>
    public static IEnumerable<Model> NeighborModels(Model model) =>
        model.TypeCase == Model.TypeOneofCase.KNearestNeighborsClassifier
            ? [model]
            : Stages(model).SelectMany(NeighborModels);

    /// <summary>The labels of a classifier, or of the last model of a pipeline, each once, in order; null for other
    /// types.</summary>
    public static IReadOnlyList<string>? ClassLabels(Model model)
    {
        if (Stages(model) is { Count: > 0 } stages)
            return ClassLabels(stages[^1]);
        (StringVector? texts, Int64Vector? numbers) = model.TypeCase switch
        {
            Model.TypeOneofCase.NeuralNetworkClassifier =>
                (model.NeuralNetworkClassifier.StringClassLabels, model.NeuralNetworkClassifier.Int64ClassLabels),
            Model.TypeOneofCase.KNearestNeighborsClassifier =>
                (model.KNearestNeighborsClassifier.StringClassLabels,
                    model.KNearestNeighborsClassifier.Int64ClassLabels),
            Model.TypeOneofCase.TreeEnsembleClassifier =>
                (model.TreeEnsembleClassifier.StringClassLabels, model.TreeEnsembleClassifier.Int64ClassLabels),
            Model.TypeOneofCase.GlmClassifier =>
                (model.GlmClassifier.StringClassLabels, model.GlmClassifier.Int64ClassLabels),
            Model.TypeOneofCase.SupportVectorClassifier =>
                (model.SupportVectorClassifier.StringClassLabels, model.SupportVectorClassifier.Int64ClassLabels),
            _ => default,
        };
        if (texts is not null)
            return [.. texts.Vector.Distinct()];
        return numbers is null
            ? null
            : [.. numbers.Vector.Distinct().Select(label => label.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>
    /// How many layers or operations of each kind the model has, those of branches and stages included.
    /// </summary>
    public static SortedDictionary<string, int> Histogram(Model model)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Count(model, counts);
        return counts;
    }

    private static void Count(Model model, SortedDictionary<string, int> counts)
    {
        foreach (Model stage in Stages(model))
            Count(stage, counts);
        Count(LayersOf(model), counts);
        if (model.TypeCase == Model.TypeOneofCase.MlProgram)
            foreach (MIL.Function function in model.MlProgram.Functions.Values)
                foreach (MIL.Block block in function.BlockSpecializations.Values)
                    Count(block, counts);
    }

    private static void Count(IEnumerable<NeuralNetworkLayer>? layers, SortedDictionary<string, int> counts)
    {
        foreach (NeuralNetworkLayer layer in layers ?? [])
        {
            string kind = layer.LayerCase.ToString();
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            Count(layer.Branch?.IfBranch?.Layers, counts);
            Count(layer.Branch?.ElseBranch?.Layers, counts);
            Count(layer.Loop?.ConditionNetwork?.Layers, counts);
            Count(layer.Loop?.BodyNetwork?.Layers, counts);
        }
    }

    private static void Count(MIL.Block block, SortedDictionary<string, int> counts)
    {
        foreach (MIL.Operation operation in block.Operations)
        {
            counts[operation.Type] = counts.GetValueOrDefault(operation.Type) + 1;
            foreach (MIL.Block inner in operation.Blocks)
                Count(inner, counts);
        }
    }

    private static RepeatedField<NeuralNetworkLayer>? LayersOf(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.NeuralNetwork => model.NeuralNetwork.Layers,
        Model.TypeOneofCase.NeuralNetworkClassifier => model.NeuralNetworkClassifier.Layers,
        Model.TypeOneofCase.NeuralNetworkRegressor => model.NeuralNetworkRegressor.Layers,
        _ => null,
    };

    private static string WithSmallFirstLetter(Model.TypeOneofCase type)
    {
        string name = type.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
