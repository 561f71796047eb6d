using Attune.Format;

namespace Attune.Models;

/// <summary>What a model's type wants of the model's description.</summary>
internal sealed class Interface(ModelContext context)
{
    private readonly MLModelDescription description = context.Description;

    /// <summary>The type as the file names it: <c>glmRegressor</c>.</summary>
    public string TypeName { get; } = ModelFacts.FieldName(context.Model.TypeCase);

    public IReadOnlyCollection<MLFeatureDescription> Inputs =>
        [.. description.InputDescriptionsByName.Values];

    public IReadOnlyCollection<MLFeatureDescription> Outputs =>
        [.. description.OutputDescriptionsByName.Values];

    /// <summary>The one input of a model that has one.</summary>
    public MLFeatureDescription Input(params ReadOnlySpan<MLFeatureType> types) => One("input", Inputs, types);

    /// <summary>The one output of a model that has one.</summary>
    public MLFeatureDescription Output(params ReadOnlySpan<MLFeatureType> types) => One("output", Outputs, types);

    /// <summary>The input of that name; null if the name is empty.</summary>
    public MLFeatureDescription? Input(string name, params ReadOnlySpan<MLFeatureType> types) =>
        Named("input", name, description.InputDescriptionsByName, types);

    /// <summary>The output of that name; null if the name is empty.</summary>
    public MLFeatureDescription? Output(string name, params ReadOnlySpan<MLFeatureType> types) =>
        Named("output", name, description.OutputDescriptionsByName, types);

    /// <summary>The feature, if it is of one of the types.</summary>
    public MLFeatureDescription Require(MLFeatureDescription feature, params ReadOnlySpan<MLFeatureType> types) =>
        types.Contains(feature.Type)
            ? feature
            : throw Wrong(
                $"takes '{feature.Name}' to be {string.Join(" or ", types.ToArray())}; it is {feature.Type}",
                feature.Name);

    /// <summary>What is wrong with the file.</summary>
    /// <param name="what">Begins with its verb, ends without a stop.</param>
    /// <param name="location">The field or feature.</param>
    public MLModelFormatException Wrong(string what, string? location = null) =>
        new($"A model of the type {TypeName} {what}.", location ?? TypeName);

    private MLFeatureDescription One(
        string role, IReadOnlyCollection<MLFeatureDescription> features, ReadOnlySpan<MLFeatureType> types) =>
        features.Count == 1
            ? Require(features.First(), types)
            : throw Wrong($"takes one {role}; its description has {features.Count}", "description");

    private MLFeatureDescription? Named(
        string role,
        string name,
        IReadOnlyDictionary<string, MLFeatureDescription> features,
        ReadOnlySpan<MLFeatureType> types)
    {
        if (name.Length == 0)
            return null;
        return features.TryGetValue(name, out MLFeatureDescription? feature)
            ? Require(feature, types)
            : throw Wrong($"names the {role} '{name}', which its description does not have", name);
    }
}
