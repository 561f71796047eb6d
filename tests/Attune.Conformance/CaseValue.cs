namespace Attune.Conformance;

/// <summary>A value of a case: an input, or what a reference expects as output.</summary>
internal abstract record CaseValue;

/// <summary>Numbers in C order. <paramref name="DataType"/> is numpy's name of what the reference held.</summary>
internal sealed record TensorValue(int[] Shape, string DataType, double[] Numbers) : CaseValue
{
    public override string ToString() => $"{DataType} [{string.Join('×', Shape)}]";
}

/// <summary>A number; integers that no double holds are not among the cases.</summary>
internal sealed record NumberValue(double Number) : CaseValue;

internal sealed record TextValue(string Text) : CaseValue;

/// <summary>Keys are text or <see cref="long"/>.</summary>
internal sealed record DictionaryValue(IReadOnlyDictionary<object, double> Entries) : CaseValue;

internal sealed record SequenceValue(IReadOnlyList<object> Elements) : CaseValue;

/// <summary>Interleaved rows of <c>RGB</c>, <c>RGBA</c> or <c>L</c> (8 bit), or of <c>F</c> (float32).</summary>
internal sealed record ImageValue(string Mode, int Width, int Height, byte[] Pixels) : CaseValue;
