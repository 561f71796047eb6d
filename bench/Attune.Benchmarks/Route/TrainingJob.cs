using Attune.Authoring;

namespace Attune.Benchmarks.Route;

/// <summary>What is trained, and how.</summary>
internal sealed record TrainingJob(BenchmarkNet Net)
{
    /// <summary>'tail', 'tail-cached' or 'full'.</summary>
    public required string Mode { get; init; }

    /// <summary>'sgd' or 'adam'.</summary>
    public required string Optimizer { get; init; }

    public required int Samples { get; init; }

    public required int Epochs { get; init; }

    public required int Batch { get; init; }

    public required int Threads { get; init; }

    public required double Rate { get; init; }

    public static TrainingJob Read(Arguments arguments)
    {
        BenchmarkNet net = BenchmarkNet.Named(arguments.Text("net", "mnist"));
        if (net.Optimizer is null)
            throw new ArgumentException($"The net '{net.Name}' is not trained here.");
        string mode = arguments.Choice("mode", "tail", "tail", "tail-cached", "full");
        string optimizer = arguments.Choice("optimizer", "sgd", "sgd", "adam");
        return new TrainingJob(net)
        {
            Mode = mode,
            Optimizer = optimizer,
            Samples = arguments.Count("samples", 640),
            Epochs = arguments.Count("epochs", 5),
            Batch = arguments.Count("batch", 32),
            Threads = arguments.Count("threads", 2),
            Rate = arguments.Number("lr") ?? StandardRate(net, mode, optimizer),
        };
    }

    public MLModelConfiguration Configuration(int epochs) => new()
    {
        Parameters =
        {
            [MLParameterKey.Epochs] = epochs,
            [MLParameterKey.MiniBatchSize] = Batch,
            [MLParameterKey.LearningRate] = Rate,
        },
        MaxThreads = Threads,
        UpdateOptions = new MLUpdateOptions
        {
            TrainableLayers = Mode == "full" ? Net.Layers : Net.Tail,
            ShuffleFirstEpoch = true,
            TextbookAdam = true,
        },
    };

    /// <summary>
    /// The model itself if its file has this optimizer; otherwise one that differs from it in this alone.
    /// </summary>
    public MLModel WithOptimizer(MLModel model)
    {
        if (Optimizer == Net.Optimizer)
            return model;
        var batch = TrainingParameter.Int64(32, 1, 1024);
        UpdatableModel draft = UpdatableModel.Open(model);
        return (Optimizer == "sgd" ? draft.Sgd(0.01, batch, momentum: 0.9) : draft.Adam(0.001, batch)).Build();
    }

    /// <summary>Raw pixels of 0 to 255 make anything larger diverge at the first convolution of mnist.</summary>
    private static double StandardRate(BenchmarkNet net, string mode, string optimizer)
    {
        if (net.TakesImages && mode == "full")
            return 1e-5;
        return optimizer == "sgd" ? 0.01 : 0.001;
    }
}
