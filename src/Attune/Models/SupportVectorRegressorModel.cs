using System.Numerics.Tensors;
using Attune.Format.Specification;

namespace Attune.Models;

/// <summary><c>supportVectorRegressor</c>: y = Σ αᵢ K(x, vᵢ) − ρ.</summary>
internal sealed class SupportVectorRegressorModel : FeatureModel
{
    private readonly SupportVectorRow row;
    private readonly double[] coefficients;
    private readonly double rho;
    private readonly NumberOutput output;

    public SupportVectorRegressorModel(ModelContext context)
    {
        SupportVectorRegressor regressor = context.Model.SupportVectorRegressor;
        var model = new Interface(context);
        row = new SupportVectorRow(
            model, regressor.Kernel, regressor.DenseSupportVectors, regressor.SparseSupportVectors);
        coefficients = [.. regressor.Coefficients?.Alpha ?? []];
        rho = regressor.Rho;
        if (coefficients.Length != row.Count)
            throw model.Wrong(
                $"takes a coefficient for each of {row.Count} support vectors; the file has {coefficients.Length}",
                "coefficients");
        output = NumberOutput.Predicted(context, model, count: 1);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs) =>
        outputs.Add(output.Name, output.Make([TensorPrimitives.Dot(coefficients, row.Read(inputs)) - rho]));
}
