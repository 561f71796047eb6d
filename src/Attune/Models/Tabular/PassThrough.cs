namespace Attune.Models;

/// <summary>Outputs that are inputs as they come: those of the same names, or else of the same places.</summary>
internal sealed class PassThrough
{
    private readonly (MLFeatureDescription Input, string Output)[] pairs;

    /// <exception cref="MLModelFormatException">An output has no input of its kind.</exception>
    public PassThrough(Interface model)
    {
        MLFeatureDescription[] inputs = [.. model.Inputs];
        pairs =
        [
            .. model.Outputs.Select((output, place) =>
            {
                MLFeatureDescription? input =
                    inputs.FirstOrDefault(candidate => candidate.Name == output.Name)
                    ?? inputs.ElementAtOrDefault(place);
                return input?.Type == output.Type
                    ? (input, output.Name)
                    : throw model.Wrong(
                        $"takes an input for each output; '{output.Name}', {output.Type}, has none", output.Name);
            }),
        ];
    }

    public void Add(InputFeatures inputs, OutputFeatures outputs)
    {
        foreach ((MLFeatureDescription input, string output) in pairs)
            outputs.Add(output, inputs.Get(input) ?? MLFeatureValue.Undefined(input.Type));
    }
}
