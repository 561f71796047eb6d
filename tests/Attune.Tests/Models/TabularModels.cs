using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Models;

/// <summary>Descriptions, inputs and outputs of models that are no networks.</summary>
internal static class TabularModels
{
    public static FeatureDescription Double(string name) =>
        new() { Name = name, Type = new() { DoubleType = new() } };

    public static FeatureDescription Int64(string name) =>
        new() { Name = name, Type = new() { Int64Type = new() } };

    public static FeatureDescription Text(string name) =>
        new() { Name = name, Type = new() { StringType = new() } };

    public static FeatureDescription Array(string name, params long[] shape) => new()
    {
        Name = name,
        Type = new()
        {
            MultiArrayType = new() { Shape = { shape }, DataType = ArrayFeatureType.Types.ArrayDataType.Double },
        },
    };

    public static FeatureDescription TextKeys(string name) =>
        new() { Name = name, Type = new() { DictionaryType = new() { StringKeyType = new() } } };

    public static FeatureDescription Int64Keys(string name) =>
        new() { Name = name, Type = new() { DictionaryType = new() { Int64KeyType = new() } } };

    public static FeatureDescription Texts(string name) =>
        new() { Name = name, Type = new() { SequenceType = new() { StringType = new() } } };

    public static FeatureDescription Int64s(string name) =>
        new() { Name = name, Type = new() { SequenceType = new() { Int64Type = new() } } };

    public static FeatureDescription Optional(FeatureDescription feature)
    {
        feature.Type.IsOptional = true;
        return feature;
    }

    public static Model Model(
        Action<Model> fill, IEnumerable<FeatureDescription> inputs, IEnumerable<FeatureDescription> outputs)
    {
        var model = new Model { SpecificationVersion = 4, Description = new() };
        model.Description.Input.Add(inputs);
        model.Description.Output.Add(outputs);
        fill(model);
        return model;
    }

    /// <summary>A model of x to y, both arrays of so many doubles; 0: one double.</summary>
    public static Model Numbers(Action<Model> fill, int inputs, int outputs = 0)
    {
        Model model = Model(
            fill,
            [inputs == 0 ? Double("x") : Array("x", inputs)],
            [outputs == 0 ? Double("y") : Array("y", outputs)]);
        model.Description.PredictedFeatureName = "y";
        return model;
    }

    /// <summary>A classifier of an array of so many doubles to "label" and "probabilities".</summary>
    public static Model Classifier(Action<Model> fill, int inputs, bool probabilities = true, bool integers = false)
    {
        Model model = Model(fill, [Array("x", inputs)], [integers ? Int64("label") : Text("label")]);
        model.Description.PredictedFeatureName = "label";
        if (!probabilities)
            return model;
        model.Description.Output.Add(integers ? Int64Keys("probabilities") : TextKeys("probabilities"));
        model.Description.PredictedProbabilitiesName = "probabilities";
        return model;
    }

    public static IMLFeatureProvider Row(params double[] numbers) =>
        TestModels.Sample(("x", MLFeatureValue.FromMultiArray(new MLMultiArray(numbers.AsMemory(), numbers.Length))));

    public static double Number(Model model, params double[] row) =>
        TestModels.Load(model).Prediction(Row(row)).GetFeatureValue("y")!.DoubleValue;

    public static double[] Elements(IMLFeatureProvider output, string name = "y") =>
        Elements(output.GetFeatureValue(name)!.MultiArrayValue!);

    public static double[] Elements(MLMultiArray array) =>
        [.. Enumerable.Range(0, array.Count).Select(i => array[i])];

    /// <summary>The label, and the probabilities in the order of <paramref name="labels"/>.</summary>
    public static (object Label, double[] Probabilities) Classify(Model model, double[] row, params object[] labels)
    {
        IMLFeatureProvider output = TestModels.Load(model).Prediction(Row(row));
        MLFeatureValue label = output.GetFeatureValue("label")!;
        IReadOnlyDictionary<object, double> all =
            output.GetFeatureValue("probabilities")?.DictionaryValue ?? new Dictionary<object, double>();
        return (
            label.Type == MLFeatureType.String ? label.StringValue : label.Int64Value,
            [.. labels.Select(name => all[name])]);
    }

    public static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    public static MLModelFormatException Refusal(Model model) =>
        Assert.Throws<MLModelFormatException>(() => TestModels.Load(model));

    /// <summary>The same model, through bytes.</summary>
    public static Model Copy(Model model) => Attune.Format.Specification.Model.Parser.ParseFrom(model.ToByteArray());
}
