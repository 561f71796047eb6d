using Attune;
using Attune.DependencyInjection;

// The namespace where programs look for such methods: it is imported wherever services are registered.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Registers Core ML models as services. Each is loaded once, when it is first asked for, and is then shared: models
/// may be used from many threads. A model that cannot be loaded fails whoever asks for it with an
/// <see cref="InvalidOperationException"/> that names the file and has the reason inside; the next one to ask tries
/// again. As with all services, of two registrations of one type the later counts.
/// </summary>
public static partial class MLModelServiceCollectionExtensions
{
    /// <summary>Adds the typed class of an <c>AttuneModel</c> item, with the model that the build has put beside the
    /// program.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="services">Where it is added.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddMLModel<T>(
        this IServiceCollection services, Action<MLModelConfiguration>? configure = null)
        where T : class, IMLTypedModel<T> =>
        services.AddMLModel<T>(static _ => T.ModelPath, ModelLoading.Of(configure));

    /// <summary>The same with a configuration that takes other services.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="services">Where it is added.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddMLModel<T>(
        this IServiceCollection services, Action<IServiceProvider, MLModelConfiguration> configure)
        where T : class, IMLTypedModel<T>
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddMLModel<T>(static _ => T.ModelPath, configure);
    }

    /// <summary>Adds a typed class with a model from elsewhere, such as one that was updated and saved.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="services">Where it is added.</param>
    /// <param name="modelPath">Gives the path of the model, when it is loaded; a relative one counts from the current
    /// folder, as in <see cref="MLModel.Load(string, MLModelConfiguration?)"/>.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddMLModel<T>(
        this IServiceCollection services,
        Func<IServiceProvider, string> modelPath,
        Action<IServiceProvider, MLModelConfiguration>? configure = null)
        where T : class, IMLTypedModel<T>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(modelPath);
        return services.AddSingleton(provider => ModelLoading.Load<T>(provider, modelPath, configure));
    }

    /// <summary>Adds an <see cref="MLModel"/>. Of several models, give each a key.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="modelPath">The model; a relative path counts from the current folder, as in
    /// <see cref="MLModel.Load(string, MLModelConfiguration?)"/>.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="modelPath"/> is null or empty.</exception>
    public static IServiceCollection AddMLModel(
        this IServiceCollection services, string modelPath, Action<MLModelConfiguration>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        return services.AddMLModel(_ => modelPath, ModelLoading.Of(configure));
    }

    /// <summary>Adds an <see cref="MLModel"/> whose path and configuration take other services.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="modelPath">Gives the path of the model, when it is loaded.</param>
    /// <param name="configure">Changes the configuration that the model is loaded with; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddMLModel(
        this IServiceCollection services,
        Func<IServiceProvider, string> modelPath,
        Action<IServiceProvider, MLModelConfiguration>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(modelPath);
        return services.AddSingleton(
            provider => ModelLoading.Load(provider, nameof(MLModel), modelPath, configure));
    }
}
