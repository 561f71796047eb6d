namespace Attune.Models;

/// <summary><c>identity</c>: outputs are the inputs.</summary>
internal sealed class IdentityModel(ModelContext context) : FeatureModel
{
    private readonly PassThrough features = new(new Interface(context));

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs) => features.Add(inputs, outputs);
}
