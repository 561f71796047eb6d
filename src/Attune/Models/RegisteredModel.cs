namespace Attune.Models;

/// <summary>A model that the application computes: calls it, and looks at what comes back.</summary>
internal sealed class RegisteredModel : ModelImplementation
{
    private readonly string name;
    private readonly MLModelDescription description;
    private readonly IMLCustomModel custom;

    /// <exception cref="InvalidOperationException">The factory throws, or returns null.</exception>
    /// <exception cref="MLModelNotSupportedException">The factory says so.</exception>
    public RegisteredModel(
        string name,
        MLCustomModelFactory factory,
        IReadOnlyDictionary<string, object> parameters,
        MLModelDescription description)
    {
        this.name = name;
        this.description = description;
        custom = Call("its factory", () => factory(parameters, description));
    }

    public override IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options)
    {
        RequireInputs(input, sample: null);
        MLPredictionOptions given = options ?? new MLPredictionOptions();
        return Checked(Call("it", () => custom.Prediction(input, given)), sample: null);
    }

    public override IMLFeatureProvider[] PredictBatch(IMLBatchProvider batch, int first, int count)
    {
        var inputs = new IMLFeatureProvider[count];
        for (int i = 0; i < count; i++)
        {
            inputs[i] = batch.GetFeatures(first + i);
            RequireInputs(inputs[i], first + i);
        }
        IMLBatchProvider made =
            Call("it", () => custom.Predictions(new MLArrayBatchProvider(inputs), new MLPredictionOptions()));
        if (made.Count != count)
            throw new InvalidOperationException(
                $"The custom model '{name}' cannot be used: it gave {made.Count} outputs for a batch of {count}.");
        var outputs = new IMLFeatureProvider[count];
        for (int i = 0; i < count; i++)
            outputs[i] = Checked(Call("it", () => made.GetFeatures(i)), first + i);
        return outputs;
    }

    private void RequireInputs(IMLFeatureProvider input, int? sample)
    {
        foreach (MLFeatureDescription feature in description.InputDescriptionsByName.Values)
            feature.Require(input.GetFeatureValue(feature.Name), sample);
    }

    /// <summary>The outputs that the description has, read once, so that they stay what was checked.</summary>
    private MLDictionaryFeatureProvider Checked(IMLFeatureProvider outputs, int? sample)
    {
        var features = new MLDictionaryFeatureProvider();
        foreach (MLFeatureDescription output in description.OutputDescriptionsByName.Values)
        {
            MLFeatureValue? value = Read(outputs, output.Name);
            if (output.RefusalException(value, sample) is { } refusal)
                throw new MLFeatureException(
                    $"{(sample is { } index ? $"Sample {index}: output" : "Output")} '{output.Name}' of the custom " +
                    $"model '{name}' {refusal.Expected}; the model gave {refusal.Got}.")
                {
                    SampleIndex = sample, FeatureName = output.Name, Expected = refusal.Expected, Got = refusal.Got,
                };
            if (value is not null)
                features[output.Name] = value;
        }
        return features;
    }

    private MLFeatureValue? Read(IMLFeatureProvider outputs, string output)
    {
        MLFeatureValue? value = null;
        _ = Call("it", () =>
        {
            value = outputs.GetFeatureValue(output);
            return outputs;
        });
        return value;
    }

    private T Call<T>(string who, Func<T?> call) where T : class
    {
        try
        {
            return call() ?? throw new InvalidOperationException(
                $"The custom model '{name}' cannot be used: {who} returned null.");
        }
        catch (Exception error) when (error is not (MLFeatureException or MLModelNotSupportedException
            or OperationCanceledException or OutOfMemoryException) && !IsOwn(error))
        {
            throw new InvalidOperationException(
                $"The custom model '{name}' cannot be used: {who} threw {error.GetType().Name}: {error.Message}",
                error);
        }
    }

    private bool IsOwn(Exception error) =>
        error is InvalidOperationException
        && error.Message.StartsWith($"The custom model '{name}' cannot be used: ", StringComparison.Ordinal);
}
