using Attune.Authoring;

namespace Attune.PublicApi.Tests.Snippets;

/// <summary>Pieces of the guide to nearest neighbours.</summary>
internal static class Drawings
{
    public static MLModel Make()
    {
        #region drawings-make
        Initializer weights = Initializer.HeNormal(seed: 1);             // or those of a trained network
        MLModel embedding = new NetworkBuilder()
            .AddImageInput("drawing", 28, 28, ImageColorSpace.Grayscale)
            .Convolution("conv_1", 16, 3, weights.Scaled(1 / 255f), Initializer.Zeros, padding: WindowPadding.Same)
            .ReLU("relu_1")
            .Pooling("pool_1", PoolingType.Max, kernel: 2)
            .Convolution("conv_2", 32, 3, weights, Initializer.Zeros, padding: WindowPadding.Same)
            .ReLU("relu_2")
            .Pooling("pool_2", PoolingType.Max, kernel: 2)
            .Convolution("conv_3", 64, 3, weights, Initializer.Zeros, padding: WindowPadding.Same)
            .ReLU("relu_3")
            .Pooling("pool_3", PoolingType.Max, kernel: 2)
            .Flatten("flatten", ChannelOrder.ChannelLast)
            .InnerProduct("dense", 128, weights, Initializer.Zeros)
            .ReLU("embedding")
            .AddOutput("embedding")
            .Build();

        MLModel classifier = new NearestNeighborsBuilder("embedding", dimensions: 128, defaultLabel: "unknown")
            .NumberOfNeighbors(TrainingParameter.Int64(3, 1, 1000))
            .InverseDistanceWeighting()
            .Build();

        MLModel drawings = new PipelineBuilder().Add(embedding).Add(classifier).Build();
        #endregion
        return drawings;
    }

    public static async Task<MLModel> Learn(MLModel drawings)
    {
        #region drawings-learn
        MLImageConstraint pixels = drawings.ModelDescription.InputDescriptionsByName["drawing"].ImageConstraint!;
        var samples = new MLArrayBatchProvider(
            from drawing in new[] { (Name: "ring", Digit: 0), (Name: "stroke", Digit: 1), (Name: "hook", Digit: 7) }
            from i in Enumerable.Range(0, 4)
            select new MLDictionaryFeatureProvider
            {
                ["drawing"] = MLFeatureValue.FromImageFile($"Samples/{drawing.Digit}_{i}.png", pixels),
                ["label"] = drawing.Name,
            });

        MLModel learnt = (await new MLUpdateTask(drawings, samples).RunAsync()).Model;
        learnt.Write("Drawings.mlmodel");                                // opens in Apple's tools, too

        IMLFeatureProvider answer = learnt.Prediction(new MLDictionaryFeatureProvider
        {
            ["drawing"] = MLFeatureValue.FromImageFile("Samples/0_5.png", pixels),
        });
        Console.WriteLine(answer.GetFeatureValue("label")!.StringValue); // ring
        #endregion
        return learnt;
    }

    public static MLModel TidyUp(string path)
    {
        #region drawings-samples
        MLModel model = MLModel.Load(path, new MLModelConfiguration
        {
            Parameters = { [MLParameterKey.NumberOfNeighbors.Scoped("model1")] = 1 },
            NeighborDistance = MLNeighborDistance.Cosine,                // not saved
        });
        foreach (MLNeighborSample sample in model.NearestNeighbors!.Samples)
            Console.WriteLine($"{sample.Label}: {sample.Values.Length} numbers");

        MLModel fewer = model.NearestNeighbors.RemoveAll(sample => sample.Label.Equals("hook"));
        MLModel newest = fewer.NearestNeighbors!.KeepNewest(perClass: 3);
        newest.Write(path);
        #endregion
        return newest;
    }
}
