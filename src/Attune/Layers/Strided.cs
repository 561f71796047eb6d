using System.Numerics;
using System.Numerics.Tensors;

namespace Attune.Layers;

/// <summary>Arithmetic between a dense array and one that is followed by a <see cref="RunWalk"/>.</summary>
internal static class Strided
{
    /// <summary>dense = other</summary>
    public static void Copy<T>(RunWalk walk, ReadOnlySpan<T> other, Span<T> dense) where T : unmanaged
    {
        while (walk.MoveNext())
        {
            Span<T> run = dense.Slice(walk.Dense, walk.Length);
            if (walk.Stride == 1)
                other.Slice(walk.Other, run.Length).CopyTo(run);
            else if (walk.Stride == 0)
                run.Fill(other[walk.Other]);
            else
                for (int i = 0, place = walk.Other; i < run.Length; i++, place += walk.Stride)
                    run[i] = other[place];
        }
    }

    /// <summary>other += dense; where one element of the other array stands for many, their sum is added.</summary>
    public static void AddTo<T>(RunWalk walk, ReadOnlySpan<T> dense, Span<T> other)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        while (walk.MoveNext())
        {
            ReadOnlySpan<T> run = dense.Slice(walk.Dense, walk.Length);
            if (walk.Stride == 1)
            {
                Span<T> sums = other.Slice(walk.Other, run.Length);
                TensorPrimitives.Add(sums, run, sums);
            }
            else if (walk.Stride == 0)
                other[walk.Other] += TensorPrimitives.Sum(run);
            else
                for (int i = 0, place = walk.Other; i < run.Length; i++, place += walk.Stride)
                    other[place] += run[i];
        }
    }

    /// <summary>dense = dense ∘ other, for an other array that is repeated (<see cref="RunWalk.Repeating"/>).</summary>
    public static void Combine<T, TOperator>(RunWalk walk, Span<T> dense, ReadOnlySpan<T> other)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        while (walk.MoveNext())
        {
            Span<T> run = dense.Slice(walk.Dense, walk.Length);
            if (walk.Stride == 0)
                TOperator.Combine(run, other[walk.Other]);
            else
                TOperator.Combine<T>(run, other.Slice(walk.Other, run.Length));
        }
    }
}
