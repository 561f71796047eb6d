using Attune;
using Attune.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>The same with keys, for several models of one type.</content>
public static partial class MLModelServiceCollectionExtensions
{
    /// <summary>Adds the typed class of an <c>AttuneModel</c> item under a key, with the model that the build has put
    /// beside the program.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="services">Where it is added.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddKeyedMLModel<T>(
        this IServiceCollection services, object? serviceKey, Action<MLModelConfiguration>? configure = null)
        where T : class, IMLTypedModel<T> =>
        services.AddKeyedMLModel<T>(serviceKey, static _ => T.ModelPath, ModelLoading.Of(configure));

    /// <summary>The same with a configuration that takes other services.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="services">Where it is added.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddKeyedMLModel<T>(
        this IServiceCollection services,
        object? serviceKey,
        Action<IServiceProvider, MLModelConfiguration> configure)
        where T : class, IMLTypedModel<T>
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddKeyedMLModel<T>(serviceKey, static _ => T.ModelPath, configure);
    }

    /// <summary>Adds a typed class under a key, with a model from elsewhere, such as one that was updated and saved.
    /// </summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="services">Where it is added.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="modelPath">Gives the path of the model, when it is loaded; a relative one counts from the current
    /// folder.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddKeyedMLModel<T>(
        this IServiceCollection services,
        object? serviceKey,
        Func<IServiceProvider, string> modelPath,
        Action<IServiceProvider, MLModelConfiguration>? configure = null)
        where T : class, IMLTypedModel<T>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(modelPath);
        return services.AddKeyedSingleton(
            serviceKey, (provider, _) => ModelLoading.Load<T>(provider, modelPath, configure));
    }

    /// <summary>Adds an <see cref="MLModel"/> under a key.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="modelPath">The model; a relative path counts from the current folder.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="modelPath"/> is null or empty.</exception>
    public static IServiceCollection AddKeyedMLModel(
        this IServiceCollection services,
        object? serviceKey,
        string modelPath,
        Action<MLModelConfiguration>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        return services.AddKeyedMLModel(serviceKey, _ => modelPath, ModelLoading.Of(configure));
    }

    /// <summary>Adds an <see cref="MLModel"/> under a key, whose path and configuration take other services.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="modelPath">Gives the path of the model, when it is loaded.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddKeyedMLModel(
        this IServiceCollection services,
        object? serviceKey,
        Func<IServiceProvider, string> modelPath,
        Action<IServiceProvider, MLModelConfiguration>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(modelPath);
        return services.AddKeyedSingleton(
            serviceKey, (provider, _) => ModelLoading.Load(provider, nameof(MLModel), modelPath, configure));
    }
}
