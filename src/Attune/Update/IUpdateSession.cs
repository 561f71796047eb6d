using Attune.Runtime;

namespace Attune.Update;

/// <summary>What a training routine may ask of the task that runs it.</summary>
internal interface IUpdateSession
{
    /// <summary>Whether anybody listens to an event; if not, no snapshot has to be made for it.</summary>
    bool Wants(MLUpdateProgressEvent happened);

    /// <summary>Calls the handlers and waits for them.</summary>
    void Report(MLUpdateProgressEvent happened, MLModel snapshot, IReadOnlyDictionary<MLMetricKey, object> metrics);

    /// <summary>Tells observers of samples that are learned. Takes no time to speak of while there are none.</summary>
    void Learned(int samples);

    /// <summary>Tells observers of the end of an epoch, before the handlers are called.</summary>
    void EpochEnded(EpochFacts epoch);

    /// <exception cref="OperationCanceledException">The task was asked to stop.</exception>
    void ThrowIfCancelled();

    /// <summary>
    /// A parameter that was changed while training, already checked; to be put in force before the next mini-batch.
    /// </summary>
    bool TryTakeChange(out KeyValuePair<MLParameterKey, object> change);
}
