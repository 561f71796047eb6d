namespace Attune;

/// <summary>
/// A class that has properties and methods for the features of one model, around an <see cref="MLModel"/>. Those that
/// the build makes of <c>AttuneModel</c> items are such classes; so code that knows only the type, such as a container
/// of services, can make one. Beyond Core ML.
/// </summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public interface IMLTypedModel<TSelf>
    where TSelf : class, IMLTypedModel<TSelf>
{
    /// <summary>Where the model of the class is, unless it is told otherwise.</summary>
    static abstract string ModelPath { get; }

    /// <summary>The model behind this object. Set it to predict with an updated one from now on.</summary>
    /// <value>Never null.</value>
    MLModel Model { get; set; }

    /// <summary>Makes an object around a model that is loaded already.</summary>
    /// <param name="model">A model of the kind that the class is for.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    static abstract TSelf Create(MLModel model);
}
