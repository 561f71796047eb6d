namespace Attune.Graph;

/// <summary>How many inputs and outputs a layer takes, bounds included.</summary>
internal readonly record struct LayerArity(int LeastInputs, int MostInputs, int LeastOutputs, int MostOutputs)
{
    public static readonly LayerArity OneToOne = new(1, 1, 1, 1);

    public bool Allows(int inputs, int outputs) =>
        inputs >= LeastInputs && inputs <= MostInputs && outputs >= LeastOutputs && outputs <= MostOutputs;

    public override string ToString() =>
        $"{Range(LeastInputs, MostInputs)} inputs and {Range(LeastOutputs, MostOutputs)} outputs";

    private static string Range(int least, int most) => (least, most) switch
    {
        _ when least == most => $"{least}",
        (_, int.MaxValue) => $"{least} or more",
        _ => $"{least} to {most}",
    };
}
