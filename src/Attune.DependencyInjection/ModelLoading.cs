namespace Attune.DependencyInjection;

/// <summary>What happens when a model is first asked for.</summary>
internal static class ModelLoading
{
    public static T Load<T>(
        IServiceProvider services,
        Func<IServiceProvider, string> modelPath,
        Action<IServiceProvider, MLModelConfiguration>? configure)
        where T : class, IMLTypedModel<T> =>
        T.Create(Load(services, typeof(T).Name, modelPath, configure));

    /// <exception cref="InvalidOperationException">The model cannot be loaded.</exception>
    public static MLModel Load(
        IServiceProvider services,
        string service,
        Func<IServiceProvider, string> modelPath,
        Action<IServiceProvider, MLModelConfiguration>? configure)
    {
        string path = modelPath(services);
        var configuration = new MLModelConfiguration();
        configure?.Invoke(services, configuration);
        try
        {
            return MLModel.Load(path, configuration);
        }
        catch (Exception reason)
        {
            // Who reads the log of a server did not write the call that failed: say which service, which file.
            throw new InvalidOperationException(
                $"The service {service} takes a model from '{path}', which could not be loaded. {reason.Message}",
                reason);
        }
    }

    /// <summary>A configuration that takes no services as one that could.</summary>
    public static Action<IServiceProvider, MLModelConfiguration>? Of(Action<MLModelConfiguration>? configure) =>
        configure is null ? null : (_, configuration) => configure(configuration);
}
