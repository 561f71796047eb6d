namespace Attune.Models;

/// <summary>A model that shows its description and says why it cannot do more.</summary>
internal sealed class NotSupportedModel(string message, IReadOnlyList<string> reasons) : ModelImplementation
{
    public MLModelNotSupportedException Refuse() => new(message, reasons);

    public override IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options) =>
        throw Refuse();
}
