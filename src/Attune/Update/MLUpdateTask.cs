using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Attune.Runtime;
using Attune.Update;

namespace Attune;

/// <summary>
/// Trains a model on the caller's samples, in the background. The model that it starts from is never changed: contexts
/// bring new ones.
/// Core ML's <c>MLUpdateTask</c>; beyond it, a task takes a model in memory, sets weights and biases, and can be
/// awaited.
/// </summary>
/// <remarks>
/// The constructors check the model and the parameters. The samples are checked when they are read: a sample that the
/// model does not take fails the task with an <see cref="MLFeatureException"/> in <see cref="MLTask.Error"/>.
/// </remarks>
public sealed partial class MLUpdateTask : MLTask
{
    private readonly IMLBatchProvider trainingData;
    private readonly MLModelConfiguration configuration;
    private readonly MLUpdateProgressHandlers handlers;
    private readonly Queue<KeyValuePair<MLParameterKey, object>> changes = new();
    private MLModel model;
    private UpdateRoutine routine;
    private IProgress<MLUpdateContext>[] observers = [];
    private ObservedUpdate? observed;
    private MLUpdateContext? result;

    /// <summary>An update of the model in a file, with handlers.</summary>
    /// <param name="modelPath">A <c>.mlmodel</c>, <c>.mlpackage</c> or <c>.mlmodelc</c> of an updatable model.</param>
    /// <param name="trainingData">The samples; each has the model's training inputs.</param>
    /// <param name="configuration">Parameters instead of the file's own, and limits; null for the file's.</param>
    /// <param name="progressHandlers">What is called while it trains and when it has ended.</param>
    /// <exception cref="MLModelNotSupportedException">The model is not updatable, or not as asked; all reasons
    /// are given.</exception>
    /// <exception cref="MLModelFormatException">The file is no model, or contradicts itself.</exception>
    /// <exception cref="ArgumentException">A parameter is not what the model takes.</exception>
    public MLUpdateTask(
        string modelPath,
        IMLBatchProvider trainingData,
        MLModelConfiguration? configuration,
        MLUpdateProgressHandlers progressHandlers)
        : this(MLModel.Load(modelPath, configuration), trainingData, configuration: null, progressHandlers)
    {
    }

    /// <inheritdoc cref="MLUpdateTask(string, IMLBatchProvider, MLModelConfiguration?, MLUpdateProgressHandlers)"/>
    public MLUpdateTask(string modelPath, IMLBatchProvider trainingData, MLUpdateProgressHandlers progressHandlers)
        : this(modelPath, trainingData, configuration: null, progressHandlers)
    {
    }

    /// <summary>An update of the model in a file that calls one function, when it has ended.</summary>
    /// <inheritdoc cref="MLUpdateTask(string, IMLBatchProvider, MLModelConfiguration?, MLUpdateProgressHandlers)"/>
    /// <param name="modelPath"/><param name="trainingData"/><param name="configuration"/>
    /// <param name="completionHandler">Called once, when the task has completed or failed.</param>
    public MLUpdateTask(
        string modelPath,
        IMLBatchProvider trainingData,
        MLModelConfiguration? configuration,
        Action<MLUpdateContext> completionHandler)
        : this(modelPath, trainingData, configuration, OnlyCompletion(completionHandler))
    {
    }

    /// <inheritdoc cref="MLUpdateTask(string, IMLBatchProvider, MLModelConfiguration?, Action{MLUpdateContext})"/>
    public MLUpdateTask(string modelPath, IMLBatchProvider trainingData, Action<MLUpdateContext> completionHandler)
        : this(modelPath, trainingData, configuration: null, OnlyCompletion(completionHandler))
    {
    }

    /// <summary>An update of the model in a file without handlers, for <see cref="RunAsync"/>.</summary>
    /// <inheritdoc cref="MLUpdateTask(string, IMLBatchProvider, MLModelConfiguration?, MLUpdateProgressHandlers)"/>
    public MLUpdateTask(string modelPath, IMLBatchProvider trainingData, MLModelConfiguration? configuration = null)
        : this(modelPath, trainingData, configuration, OnlyCompletion(static _ => { }))
    {
    }

    /// <summary>An update of a model in memory, with handlers.</summary>
    /// <param name="model">An updatable model; it stays as it is.</param>
    /// <param name="trainingData">The samples; each has the model's training inputs.</param>
    /// <param name="configuration">Parameters that replace those of the model's own configuration; null for
    /// these.</param>
    /// <param name="progressHandlers">What is called while it trains and when it has ended.</param>
    /// <exception cref="MLModelNotSupportedException">The model is not updatable, or not as asked; all reasons
    /// are given.</exception>
    /// <exception cref="ArgumentException">A parameter is not what the model takes.</exception>
    public MLUpdateTask(
        MLModel model,
        IMLBatchProvider trainingData,
        MLModelConfiguration? configuration,
        MLUpdateProgressHandlers progressHandlers)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trainingData);
        ArgumentNullException.ThrowIfNull(progressHandlers);

        this.trainingData = trainingData;
        this.configuration = configuration?.Copy() ?? model.Configuration;
        // The model has its own configuration's parameters already, and may have learnt since.
        this.model = configuration is null ? model : model.With(this.configuration.Parameters);
        handlers = progressHandlers;
        routine = UpdateRoutine.For(this.model, trainingData, this.configuration);
    }

    /// <inheritdoc cref="MLUpdateTask(MLModel, IMLBatchProvider, MLModelConfiguration?, MLUpdateProgressHandlers)"/>
    public MLUpdateTask(MLModel model, IMLBatchProvider trainingData, MLUpdateProgressHandlers progressHandlers)
        : this(model, trainingData, configuration: null, progressHandlers)
    {
    }

    /// <summary>An update of a model in memory that calls one function, when it has ended.</summary>
    /// <inheritdoc cref="MLUpdateTask(MLModel, IMLBatchProvider, MLModelConfiguration?, MLUpdateProgressHandlers)"/>
    /// <param name="model"/><param name="trainingData"/><param name="configuration"/>
    /// <param name="completionHandler">Called once, when the task has completed or failed.</param>
    public MLUpdateTask(
        MLModel model,
        IMLBatchProvider trainingData,
        MLModelConfiguration? configuration,
        Action<MLUpdateContext> completionHandler)
        : this(model, trainingData, configuration, OnlyCompletion(completionHandler))
    {
    }

    /// <inheritdoc cref="MLUpdateTask(MLModel, IMLBatchProvider, MLModelConfiguration?, Action{MLUpdateContext})"/>
    public MLUpdateTask(MLModel model, IMLBatchProvider trainingData, Action<MLUpdateContext> completionHandler)
        : this(model, trainingData, configuration: null, OnlyCompletion(completionHandler))
    {
    }

    /// <summary>An update of a model in memory without handlers, for <see cref="RunAsync"/>.</summary>
    /// <inheritdoc cref="MLUpdateTask(MLModel, IMLBatchProvider, MLModelConfiguration?, MLUpdateProgressHandlers)"/>
    public MLUpdateTask(MLModel model, IMLBatchProvider trainingData, MLModelConfiguration? configuration = null)
        : this(model, trainingData, configuration, OnlyCompletion(static _ => { }))
    {
    }

    /// <summary>
    /// Changes parameters and resumes. Before the task has started any parameter may change. While it runs, as in a
    /// progress handler,
    /// <see cref="MLParameterKey.LearningRate"/> and the weights and biases of layers that are trained may; the change
    /// is in force from the next mini-batch. Setting weights and biases is beyond Core ML.
    /// </summary>
    /// <exception cref="ArgumentException">A parameter is not what the model takes, or may not change any more; none is
    /// changed.</exception>
    /// <exception cref="InvalidOperationException">The task has ended; make a new one.</exception>
    public void Resume(IReadOnlyDictionary<MLParameterKey, object> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        KeyValuePair<MLParameterKey, object>[] given = [.. parameters];
        lock (Gate)
        {
            if (State == MLTaskState.Suspended)
            {
                MLModel changed = model.With(given);
                routine = UpdateRoutine.For(changed, trainingData, configuration);
                model = changed;
            }
            else if (State is MLTaskState.Running or MLTaskState.Cancelling)
            {
                KeyValuePair<MLParameterKey, object>[] accepted = [.. given.Select(routine.RequireChange)];
                foreach (KeyValuePair<MLParameterKey, object> change in accepted)
                    changes.Enqueue(change);
            }
        }
        Resume();
    }

    /// <summary>Runs the task and waits for its end, in .NET's own idiom. Handlers are called as well.</summary>
    /// <param name="progress">Receives the context of each epoch's end; null for none.</param>
    /// <param name="cancellationToken">Cancels the task at the next mini-batch.</param>
    /// <returns>The context of the completion, with the updated model.</returns>
    /// <exception cref="OperationCanceledException">The task was cancelled.</exception>
    /// <exception cref="MLFeatureException">A sample is not what the model takes.</exception>
    /// <exception cref="ArgumentException">There is no training data.</exception>
    public async Task<MLUpdateContext> RunAsync(
        IProgress<MLUpdateContext>? progress = null, CancellationToken cancellationToken = default)
    {
        if (progress is not null && !cancellationToken.IsCancellationRequested)
            lock (Gate)
                observers = [.. observers, progress];
        // Before the task starts: a short one could end before it hears that it was cancelled.
        using (cancellationToken.UnsafeRegister(static task => ((MLUpdateTask)task!).Cancel(), this))
        {
            ResumeUnlessCancelled(cancellationToken);
            await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Error is OperationCanceledException cancelled)
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        // What went wrong while training comes before what the completion handler made of it.
        if (Error is { } error)
            ExceptionDispatchInfo.Throw(error);
        await Completion.ConfigureAwait(false);
        return result!;
    }

    private void ResumeUnlessCancelled(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return;
        try
        {
            Resume();
        }
        catch (InvalidOperationException) when (Error is OperationCanceledException)
        {
            // The token was cancelled a moment ago, and has ended a task that had not begun.
        }
    }

    private protected override void Start() => _ = BackgroundWork.Start(Work, "Attune update");

    private static MLUpdateProgressHandlers OnlyCompletion(Action<MLUpdateContext> completionHandler) =>
        new(MLUpdateProgressEvent.None, progressHandler: null, completionHandler);

    [SuppressMessage(
        "Design", "CA1031", Justification = "Whatever goes wrong belongs to the task's error, not to its thread.")]
    private void Work()
    {
        UpdateResult? updated = null;
        Exception? error = null;
        try
        {
            string? name = configuration.ModelDisplayName ?? model.DisplayName;
            observed = new ObservedUpdate(TaskIdentifier, name, model.TypeName);
            updated = routine.Run(this);
        }
        catch (Exception thrown)
        {
            error = thrown;
        }

        bool cancelled;
        lock (Gate)
        {
            cancelled = State == MLTaskState.Cancelling;
            Error = cancelled ? error as OperationCanceledException ?? Cancelled() : error;
            State = Error is null ? MLTaskState.Completed : MLTaskState.Failed;
        }
        result = new MLUpdateContext(
            this,
            updated?.Model ?? model,
            MLUpdateProgressEvent.None,
            updated?.Metrics ?? Metrics.None,
            routine.Parameters.Values);
        try
        {
            observed?.End(cancelled, Error);
        }
        finally
        {
            End(cancelled ? null : CallCompletionHandler(result));
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The exception is handed to whoever awaits the completion.")]
    private Exception? CallCompletionHandler(MLUpdateContext context)
    {
        try
        {
            handlers.CompletionHandler(context);
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
