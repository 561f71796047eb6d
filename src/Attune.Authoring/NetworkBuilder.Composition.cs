using Attune.Arrays;
using Attune.Format.Specification;

namespace Attune.Authoring;

public sealed partial class NetworkBuilder
{
    private protected override Composition Begin()
    {
        var model = new Model { Description = new ModelDescription() };
        var made = new Composition(model, empty, LeastVersion: 1);
        model.Description.Input.AddRange(inputs.Select(input => input.Clone()));
        if (inputs.Count == 0)
            made.Problems.Add(
                new ModelProblem("network.inputs.none", "A network takes at least one input; none is added."));
        if (layers.Count == 0)
            made.Problems.Add(
                new ModelProblem("network.layers.none", "A network takes at least one layer; none is added."));

        if (classifier is not null)
            WriteClassifier(classifier, model, made.Problems);
        else if (predictedNumber is not null)
            WriteRegressor(predictedNumber, model);
        else
            WritePlain(model);
        RequireDifferentOutputs(model.Description, made.Problems);
        return made;
    }

    private void WriteClassifier(ClassifierDraft draft, Model model, List<ModelProblem> problems)
    {
        string value = draft.ValueAmong(layers, shapes);
        var network = new NeuralNetworkClassifier
        {
            ArrayInputShapeMapping = mapping.Arrays(),
            ImageInputShapeMapping = mapping.Images(),
        };
        network.Layers.AddRange(layers);
        network.Preprocessing.AddRange(preprocessing);
        draft.WriteTo(network, value);
        model.NeuralNetworkClassifier = network;
        model.Description.Output.AddRange(draft.Outputs());
        model.Description.Output.AddRange(outputs.Select(output => output.Clone()));
        model.Description.PredictedFeatureName = draft.PredictedFeatureName;
        model.Description.PredictedProbabilitiesName = draft.ProbabilitiesName ?? "";
        if (shapes.TryGet(value, out Shape? shape))
            problems.AddRange(draft.Problems(value, shape.Count));
    }

    private void WriteRegressor(string predicted, Model model)
    {
        var network = new NeuralNetworkRegressor
        {
            ArrayInputShapeMapping = mapping.Arrays(),
            ImageInputShapeMapping = mapping.Images(),
        };
        network.Layers.AddRange(layers);
        network.Preprocessing.AddRange(preprocessing);
        model.NeuralNetworkRegressor = network;
        model.Description.Output.AddRange(outputs.Select(output => output.Clone()));
        model.Description.PredictedFeatureName = predicted;
    }

    private void WritePlain(Model model)
    {
        var network = new NeuralNetwork
        {
            ArrayInputShapeMapping = mapping.Arrays(),
            ImageInputShapeMapping = mapping.Images(),
        };
        network.Layers.AddRange(layers);
        network.Preprocessing.AddRange(preprocessing);
        model.NeuralNetwork = network;
        model.Description.Output.AddRange(outputs.Select(output => output.Clone()));
        if (outputs.Count == 0 && shapes.TryGet(Networks.LastValue(layers), out Shape? shape))
            model.Description.Output.Add(
                Features.Array(Networks.LastValue(layers), shapes.FeatureShape(shape), MLMultiArrayDataType.Float32));
    }

    private static void RequireDifferentOutputs(ModelDescription description, List<ModelProblem> problems)
    {
        foreach (IGrouping<string, FeatureDescription> same in description.Output.GroupBy(output => output.Name))
            if (same.Count() > 1)
                problems.Add(new ModelProblem(
                    "model.outputs.unique",
                    $"Outputs of a model take different names; {same.Count()} are called '{same.Key}'."));
    }
}
