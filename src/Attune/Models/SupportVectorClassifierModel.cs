using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>supportVectorClassifier</c>: every two classes have a machine of their own. With Platt's sigmoids their decisions
/// become probabilities of pairs, and those, coupled, the probabilities of the classes; without, each machine has a
/// vote.
/// </summary>
internal sealed class SupportVectorClassifierModel : FeatureModel
{
    private readonly SupportVectorRow row;
    private readonly PairwiseMachines machines;
    private readonly PlattScaling? scaling;
    private readonly LabelOutput labels;

    public SupportVectorClassifierModel(ModelContext context)
    {
        SupportVectorClassifier classifier = context.Model.SupportVectorClassifier;
        var model = new Interface(context);
        row = new SupportVectorRow(
            model, classifier.Kernel, classifier.DenseSupportVectors, classifier.SparseSupportVectors);
        labels = new LabelOutput(context, model);
        machines = new PairwiseMachines(model, classifier, labels.Count, row.Count);
        if (classifier.ProbA.Count + classifier.ProbB.Count > 0)
            scaling = new PlattScaling(
                model, classifier.ProbA, classifier.ProbB, labels.Count, keepsPair: IsFromLibsvm(context.Model));
        else if (labels.HasProbabilities)
            throw model.Wrong(
                "takes probA and probB for an output with probabilities; the file has neither", "probA");
    }

    /// <summary>Whether the model says that it was converted from libsvm itself, and not from a library around
    /// it.</summary>
    private static bool IsFromLibsvm(Model model) =>
        model.Description.Metadata?.UserDefined.TryGetValue("com.github.apple.coremltools.source", out string? source)
        == true && source.StartsWith("libsvm", StringComparison.Ordinal);

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        double[] decisions = machines.Decide(row.Read(inputs));
        labels.Add(outputs, scaling?.Probabilities(decisions) ?? machines.Votes(decisions));
    }
}
