using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on support vector machines.</summary>
internal static class VectorMachineBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new("svm.kernel", Regressor, model => model.SupportVectorRegressor.Kernel.ClearKernel()),
        new("svm.vectors", Regressor, model => model.SupportVectorRegressor.ClearSupportVectors()),
        new("svm.coefficients", Regressor, model => model.SupportVectorRegressor.Coefficients.Alpha.Add(1)),
        new(
            "svm.classes",
            Classifier,
            model => model.SupportVectorClassifier.NumberOfSupportVectorsPerClass.Add(1)),
        new("svm.probabilities", Classifier, model => model.SupportVectorClassifier.ProbA.Add(1)),
    ];

    private static Model Regressor() => Models.Of(Number("x"), Number("y"), model =>
    {
        model.Description.PredictedFeatureName = "y";
        model.SupportVectorRegressor = new()
        {
            Kernel = new() { LinearKernel = new() },
            DenseSupportVectors = new() { Vectors = { new DenseVector { Values = { 1 } } } },
            Coefficients = new() { Alpha = { 1 } },
        };
    });

    private static Model Classifier() => Models.Of(Number("x"), Text("label"), model =>
    {
        model.Description.PredictedFeatureName = "label";
        model.SupportVectorClassifier = new()
        {
            Kernel = new() { LinearKernel = new() },
            StringClassLabels = Models.Labels(),
            NumberOfSupportVectorsPerClass = { 1, 1 },
            DenseSupportVectors = new()
            {
                Vectors = { new DenseVector { Values = { 1 } }, new DenseVector { Values = { 2 } } },
            },
            Coefficients = { new Coefficients { Alpha = { 1, -1 } } },
        };
    });
}
