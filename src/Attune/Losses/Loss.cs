using System.Numerics;
using Attune.Arrays;

namespace Attune.Losses;

/// <summary>
/// What training makes small: a number for each mini-batch and its gradient with respect to one value of the network.
/// Both are means over the samples that the mini-batch really has.
/// </summary>
internal abstract class Loss
{
    /// <summary>How many numbers the target of one sample has, given the shape of the value that is judged.</summary>
    public abstract int TargetCount(Shape output);

    /// <summary>The loss of a mini-batch, and its gradient.</summary>
    /// <param name="batch">Number of samples.</param>
    /// <param name="output">What the network made: samples one after the other.</param>
    /// <param name="targets">What it should have made, <see cref="TargetCount"/> numbers per sample.</param>
    /// <param name="gradient">Receives the gradient, as many numbers as <paramref name="output"/>; overwritten.</param>
    public abstract double Evaluate<T>(int batch, ReadOnlySpan<T> output, ReadOnlySpan<T> targets, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>How many samples have their largest number where the target says; null if targets are no classes.
    /// </summary>
    public virtual int? CountCorrect<T>(int batch, ReadOnlySpan<T> output, ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T> => null;
}
