namespace Attune.Format.Validation;

/// <summary>A loop whose condition network has been looked at.</summary>
/// <param name="Layer">The loop.</param>
/// <param name="Condition">What the condition network makes.</param>
internal sealed record ValidatedLoop(ValidatedLayer Layer, NetworkScope Condition) : IValidated
{
    public string Where => Layer.Where;
}

/// <summary>Rules on what the condition network of a loop makes.</summary>
internal static class LoopRules
{
    public static IReadOnlyList<ValidationRule<ValidatedLoop>> All { get; } =
    [
        new(
            "layer.loop.result",
            "The condition network of a loop makes its result, every time.",
            "Name a value that a layer of the condition network makes.",
            Result),
    ];

    private static IEnumerable<Flaw> Result(ValidatedLoop loop)
    {
        string name = loop.Layer.Layer.Loop.ConditionVar;
        if (name.Length > 0 && !loop.Condition.MakesAnew(name))
            yield return new Flaw(
                $"{loop.Layer} goes by '{name}', which its condition network does not make.", "conditionVar");
    }
}
