namespace Attune.Cli.Training;

/// <summary>Who is told how training goes. Called on the training's own thread.</summary>
internal interface ITrainingProgress
{
    /// <summary>Whether it is to be told of every mini-batch.</summary>
    bool WantsMiniBatches { get; }

    /// <param name="epochs">How many there are to be.</param>
    /// <param name="samples">Of one epoch.</param>
    /// <param name="batch">Samples of a mini-batch.</param>
    void Begin(int epochs, int samples, int batch);

    /// <param name="epoch">From 1.</param>
    /// <param name="miniBatch">From 1.</param>
    /// <param name="loss">Of the mini-batch.</param>
    void OnMiniBatch(int epoch, int miniBatch, double loss);

    void OnEpoch(EpochReport epoch);
}
