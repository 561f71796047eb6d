namespace Attune.Models;

/// <summary>A model that makes outputs of inputs one set at a time: every type but networks.</summary>
internal abstract class FeatureModel : ModelImplementation
{
    public sealed override IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options)
    {
        var outputs = new OutputFeatures(options);
        Predict(new InputFeatures(input), outputs);
        return outputs.Provide();
    }

    /// <summary>Reads the inputs that it needs and adds its outputs.</summary>
    /// <exception cref="MLFeatureException">An input is none that the model takes.</exception>
    protected abstract void Predict(InputFeatures inputs, OutputFeatures outputs);
}
