using System.Text.Json;

namespace Attune.Cli.Data;

/// <summary>
/// Reads samples from whatever the command line names: images, JSON, tables, NumPy's arrays, a folder of images.
/// </summary>
/// <remarks>
/// A plain path gives one sample or more of its own. Paths with a name, <c>name=path</c>, are the features of a single
/// sample, for models with several inputs.
/// </remarks>
internal sealed class SampleReader
{
    private readonly MLModelDescription model;
    private readonly MLImageFolderOptions folders;
    private readonly MLFeatureDescription[] features;

    /// <summary>Reads what predictions take.</summary>
    public SampleReader(MLModelDescription model, MLImageOptions image)
        : this(model, new MLImageFolderOptions { Labels = MLImageLabels.None, Image = image }, Inputs(model))
    {
    }

    private SampleReader(MLModelDescription model, MLImageFolderOptions folders, MLFeatureDescription[] features)
    {
        this.model = model;
        this.folders = folders;
        this.features = features;
    }

    private MLImageOptions Image => folders.Image;

    /// <summary>Reads samples whose answers are known: what updates take, or else the inputs and the prediction.
    /// </summary>
    /// <param name="model">The model that takes them.</param>
    /// <param name="augmentation">How the images of a folder vary at each reading; null: not at all.</param>
    public static SampleReader Labelled(MLModelDescription model, MLImageAugmentation? augmentation = null) => new(
        model,
        new MLImageFolderOptions { Augmentation = augmentation },
        model.TrainingInputDescriptionsByName.Count > 0
            ? [.. model.TrainingInputDescriptionsByName.Values]
            :
            [
                .. Inputs(model),
                .. model.OutputDescriptionsByName.Values.Where(output => output.Name == model.PredictedFeatureName),
            ]);

    /// <exception cref="ToolException">Something cannot be read, or is not what the model takes.</exception>
    /// <exception cref="UsageException">Named and plain paths are mixed.</exception>
    public Samples Read(IReadOnlyList<string> inputs)
    {
        (string Name, string Path)?[] named = [.. inputs.Select(Named)];
        if (named.All(input => input is not null))
            return Combined([.. named.Select(input => input!.Value)]);
        if (named.Any(input => input is not null))
            throw new UsageException(
                "Inputs are either all named, NAME=PATH, for the features of one sample, or all plain paths.");
        Samples[] parts = [.. inputs.Select(ReadPath)];
        return parts.Length == 1
            ? parts[0]
            : Samples.Of(
                [.. parts.SelectMany(part => part.Names.Select((name, i) => (name, part.Batch.GetFeatures(i))))]);
    }

    private (string Name, string Path)? Named(string input)
    {
        int sign = input.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 && !Path.Exists(input) && model.InputDescriptionsByName.ContainsKey(input[..sign])
            ? (input[..sign], input[(sign + 1)..])
            : null;
    }

    private Samples Combined((string Name, string Path)[] inputs)
    {
        var values = new Dictionary<string, MLFeatureValue>();
        foreach ((string name, string path) in inputs)
            values[name] = Value(model.InputDescriptionsByName[name], path);
        return Samples.One(string.Join(' ', inputs.Select(input => input.Path)), values);
    }

    private MLFeatureValue Value(MLFeatureDescription feature, string text)
    {
        if (!File.Exists(text))
            return new FeatureText(".", Image).FromCells(feature, text.Split(','));
        return Kind(text) switch
        {
            ".NPY" => FromNpy(feature, NpyFile.Read(text)),
            ".JSON" => Json(text, json => Texts(text).FromJson(feature, json))
                ?? throw new ToolException($"Feature {feature}; '{text}' holds null."),
            _ => Texts(text).Image(feature, Path.GetFileName(text)),
        };
    }

    private Samples ReadPath(string path)
    {
        if (Directory.Exists(path))
            return Folder(path);
        if (!File.Exists(path))
            throw new ToolException($"There is no input at '{path}', or it may not be read.");
        return Kind(path) switch
        {
            ".JSON" => Json(path, json => FromJson(path, json)),
            ".CSV" => new TableSamples(features, Texts(path)).Read(path),
            ".NPY" => Rows(path, NpyFile.Read(path)),
            _ => Samples.One(path, new Dictionary<string, MLFeatureValue>
            {
                [Only(MLFeatureType.Image, path).Name] =
                    Texts(path).Image(Only(MLFeatureType.Image, path), Path.GetFileName(path)),
            }),
        };
    }

    private Samples Folder(string path)
    {
        var images = new MLImageFolderBatchProvider(path, model, folders);
        return images.Count > 0
            ? new Samples(images.Files, images)
            : throw new ToolException($"The folder '{path}' holds no images that can be read.");
    }

    private Samples FromJson(string path, JsonElement json)
    {
        JsonElement[] items = json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [json];
        if (items.Length == 0)
            throw new ToolException($"'{path}' holds no samples: its array is empty.");
        string name = Path.GetFileName(path);
        return Samples.Of(
        [
            .. items.Select((item, i) => (items.Length == 1 ? name : $"{name}:{i + 1}", FromObject(path, item))),
        ]);
    }

    private MLDictionaryFeatureProvider FromObject(string path, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new ToolException(
                $"'{path}' takes an object with a value for each input, or an array of such objects; it has a "
                + $"{json.ValueKind}.");
        var values = new Dictionary<string, MLFeatureValue>();
        foreach (MLFeatureDescription feature in features)
            if (json.TryGetProperty(feature.Name, out JsonElement value)
                && Texts(path).FromJson(feature, value) is { } read)
                values[feature.Name] = read;
        return new MLDictionaryFeatureProvider(values);
    }

    /// <summary>An array of the input's shape is a sample; with an axis more, each of its parts is.</summary>
    private Samples Rows(string path, NpyFile file)
    {
        MLFeatureDescription feature = Only(MLFeatureType.MultiArray, path);
        int rank = feature.MultiArrayConstraint!.Shape.Count;
        if (file.Shape.Count != rank + 1)
            return Samples.One(path, new Dictionary<string, MLFeatureValue>
            {
                [feature.Name] = FromNpy(feature, file),
            });
        int count = file.Shape[0];
        int size = count == 0 ? 0 : file.Values.Length / count;
        return Samples.Of(
        [
            .. Enumerable.Range(0, count).Select(i => ($"{Path.GetFileName(path)}:{i + 1}", (IMLFeatureProvider)
                new MLDictionaryFeatureProvider(new Dictionary<string, MLFeatureValue>
                {
                    [feature.Name] = FeatureText.FromNumbers(
                        feature, [.. file.Shape.Skip(1)], file.Values[(i * size)..((i + 1) * size)]),
                }))),
        ]);
    }

    private static MLFeatureValue FromNpy(MLFeatureDescription feature, NpyFile file) =>
        FeatureText.FromNumbers(feature, file.Shape, file.Values);

    private MLFeatureDescription Only(MLFeatureType type, string path)
    {
        MLFeatureDescription[] found = [.. features.Where(feature => feature.Type == type)];
        if (found.Length == 1 && features.Count(feature => !feature.IsOptional) <= 1)
            return found[0];
        string takes = string.Join("; ", features.Select(feature => feature.ToString()));
        throw new ToolException(
            $"'{path}' would fill one input of the type {type}; of the model's inputs, {takes}. "
            + "Name each, NAME=PATH, or give a .json file.");
    }

    private FeatureText Texts(string path) => new(Path.GetDirectoryName(Path.GetFullPath(path))!, Image);

    private static MLFeatureDescription[] Inputs(MLModelDescription model) => [.. model.InputDescriptionsByName.Values];

    private static T Json<T>(string path, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new ToolException($"'{path}' cannot be read as JSON: {error.Message}");
        }
    }

    private static string Kind(string path) => Path.GetExtension(path).ToUpperInvariant();
}
