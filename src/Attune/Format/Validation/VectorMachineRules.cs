using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on support vector machines.</summary>
internal static class VectorMachineRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new(
            "svm.kernel",
            "A machine has a kernel, whose gamma and degree are not negative.",
            "Correct the kernel.",
            KernelKind),
        new(
            "svm.vectors",
            "A machine has support vectors, dense or sparse.",
            "Set denseSupportVectors or sparseSupportVectors.",
            Vectors),
        new(
            "svm.coefficients",
            "Each row of coefficients has one for each support vector; a classifier has a row for each class but one.",
            "Correct the coefficients.",
            CoefficientCount),
        new(
            "svm.classes",
            "A classifier says for each class how many support vectors it has, which are all of them.",
            "Correct numberOfSupportVectorsPerClass.",
            Classes),
        new(
            "svm.probabilities",
            "A classifier with probabilities has two numbers for each pair of classes.",
            "Correct probA and probB.",
            Probabilities),
    ]);

    private static IEnumerable<Flaw> KernelKind(ValidatedModel model)
    {
        Kernel kernel = (model.Model.SupportVectorClassifier?.Kernel ?? model.Model.SupportVectorRegressor?.Kernel)
            ?? new Kernel();
        bool isWrong = kernel switch
        {
            { LinearKernel: not null } => false,
            { RbfKernel: { } rbf } => rbf.Gamma < 0,
            { PolyKernel: { } poly } => poly.Gamma < 0 || poly.Degree < 0,
            { SigmoidKernel: { } sigmoid } => sigmoid.Gamma < 0,
            _ => true,
        };
        if (isWrong)
            yield return new Flaw(
                $"A support vector machine takes a kernel with a gamma and a degree from 0; got {kernel.KernelCase}.",
                "kernel");
    }

    private static IEnumerable<Flaw> Vectors(ValidatedModel model)
    {
        if (CountVectors(model.Model) is null)
            yield return new Flaw(
                "A support vector machine takes dense or sparse support vectors; the file gives none.");
    }

    private static IEnumerable<Flaw> CoefficientCount(ValidatedModel model)
    {
        int vectors = CountVectors(model.Model) ?? 0;
        if (model.Model.SupportVectorRegressor is { } regressor
            && (regressor.Coefficients?.Alpha.Count ?? 0) != vectors)
            yield return new Flaw(
                $"A machine of {vectors} support vectors takes as many coefficients; got " +
                $"{regressor.Coefficients?.Alpha.Count ?? 0}.",
                "coefficients");
        if (model.Model.SupportVectorClassifier is not { } classifier)
            yield break;
        int classes = ClassLabels.Of(model.Model)!.Count;
        if (classifier.Coefficients.Count != classes - 1)
            yield return new Flaw(
                $"A classifier of {classes} classes takes {classes - 1} rows of coefficients; got " +
                $"{classifier.Coefficients.Count}.",
                "coefficients");
        for (int i = 0; i < classifier.Coefficients.Count; i++)
            if (classifier.Coefficients[i].Alpha.Count != vectors)
                yield return new Flaw(
                    $"A machine of {vectors} support vectors takes rows of as many coefficients; got " +
                    $"{classifier.Coefficients[i].Alpha.Count}.",
                    $"coefficients[{i}]");
    }

    private static IEnumerable<Flaw> Classes(ValidatedModel model)
    {
        if (model.Model.SupportVectorClassifier is not { } classifier)
            yield break;
        int classes = ClassLabels.Of(model.Model)!.Count;
        long sum = classifier.NumberOfSupportVectorsPerClass.Sum(count => (long)count);
        if (classifier.NumberOfSupportVectorsPerClass.Count != classes)
            yield return new Flaw(
                $"A classifier of {classes} classes takes as many counts of support vectors; got " +
                $"{classifier.NumberOfSupportVectorsPerClass.Count}.",
                "numberOfSupportVectorsPerClass");
        else if (sum != (CountVectors(model.Model) ?? 0))
            yield return new Flaw(
                $"The classes have {sum} support vectors together; the machine has {CountVectors(model.Model) ?? 0}.",
                "numberOfSupportVectorsPerClass");
    }

    private static IEnumerable<Flaw> Probabilities(ValidatedModel model)
    {
        if (model.Model.SupportVectorClassifier is not { } classifier
            || (classifier.ProbA.Count == 0 && classifier.ProbB.Count == 0))
            yield break;
        long classes = ClassLabels.Of(model.Model)!.Count;
        long pairs = classes * (classes - 1) / 2;
        if (classifier.ProbA.Count != pairs || classifier.ProbB.Count != pairs)
            yield return new Flaw(
                $"A classifier of {classes} classes takes {pairs} numbers in probA and probB; got " +
                $"{classifier.ProbA.Count} and {classifier.ProbB.Count}.",
                "probA");
    }

    private static int? CountVectors(Model model) => model switch
    {
        { SupportVectorClassifier.SparseSupportVectors: { } sparse } => sparse.Vectors.Count,
        { SupportVectorClassifier.DenseSupportVectors: { } dense } => dense.Vectors.Count,
        { SupportVectorRegressor.SparseSupportVectors: { } sparse } => sparse.Vectors.Count,
        { SupportVectorRegressor.DenseSupportVectors: { } dense } => dense.Vectors.Count,
        _ => null,
    };
}
