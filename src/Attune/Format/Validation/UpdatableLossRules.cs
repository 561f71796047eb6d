using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on the loss of updatable networks, and on the way back from it.</summary>
internal static class UpdatableLossRules
{
    private const string Place = "updateParams.lossLayers";

    public static IEnumerable<Flaw> Count(UpdatableNetwork network)
    {
        int count = network.Update.LossLayers.Count;
        if (count != 1)
            yield return new Flaw(
                $"An updatable network takes exactly one loss layer; got {count}" +
                (count == 0 ? "." : $": {Names(network)}."),
                Place);
    }

    public static IEnumerable<Flaw> Kind(UpdatableNetwork network) =>
        from loss in network.Update.LossLayers
        where UpdatableNetwork.Ends(loss) is null
        select new Flaw(
            $"Loss layer '{loss.Name}' takes a categorical cross entropy or a mean squared error; got neither.", Place);

    public static IEnumerable<Flaw> Softmax(UpdatableNetwork network)
    {
        foreach (LossLayer loss in network.Update.LossLayers)
        {
            if (loss.CategoricalCrossEntropyLossLayer is not { } entropy)
                continue;
            int maker = network.MakerOf(entropy.Input);
            NeuralNetworkLayer? layer = maker < 0 ? null : network.Network.Layers[maker];
            if (layer?.Softmax is null || layer.Output.FirstOrDefault() != entropy.Input)
                yield return new Flaw(
                    $"Loss layer '{loss.Name}' (categoricalCrossEntropy) takes the output of a softmax " +
                    $"layer; '{entropy.Input}' is " +
                    $"{(layer is null ? "made by no layer" : $"made by {LowerCase(layer)}")}.",
                    Place);
        }
    }

    public static IEnumerable<Flaw> Input(UpdatableNetwork network) =>
        from loss in network.Update.LossLayers
        where loss.MeanSquaredErrorLossLayer is { } error && network.MakerOf(error.Input) < 0
        select new Flaw(
            $"Loss layer '{loss.Name}' (meanSquaredError) takes a value that a layer makes; " +
            $"'{loss.MeanSquaredErrorLossLayer.Input}' is made by none.",
            Place);

    public static IEnumerable<Flaw> Target(UpdatableNetwork network)
    {
        foreach (LossLayer loss in network.Update.LossLayers)
            if (UpdatableNetwork.Ends(loss) is var (_, target) && network.MakerOf(target) is var maker and >= 0)
                yield return new Flaw(
                    $"Loss layer '{loss.Name}' takes a target that comes from outside; " +
                    $"'{target}' is made by {LowerCase(network.Network.Layers[maker])}.",
                    Place);
    }

    /// <summary>
    /// Follows every path from the loss upwards. Core ML keeps one mark for all paths of a loss, and so may refuse a
    /// network for a branch beside the path; that is not copied.
    /// </summary>
    public static IEnumerable<Flaw> Path(UpdatableNetwork network)
    {
        foreach (LossLayer loss in network.Update.LossLayers)
        {
            if (UpdatableNetwork.Ends(loss) is not var (input, _))
                continue;
            foreach ((int trained, int obstacle) in Obstacles(network, network.MakerOf(input), IsEntropy(loss)))
                yield return new Flaw(
                    $"{UpdatableNetwork.Name(network.Network.Layers[trained])} is updatable; between it and " +
                    $"the loss '{loss.Name}' stands {LowerCase(network.Network.Layers[obstacle])}, " +
                    "which Core ML sends no gradient through.",
                    UpdatableNetwork.PlaceOf(network.Network.Layers[trained]));
        }
    }

    /// <summary>
    /// Follows the way of Core ML's validator: breadth first, with one mark for all paths of a loss, so that an
    /// obstacle on one path closes another.
    /// </summary>
    public static IEnumerable<Flaw> Branch(UpdatableNetwork network)
    {
        if (Path(network).Any())
            yield break;
        foreach (LossLayer loss in network.Update.LossLayers)
        {
            int last = UpdatableNetwork.Ends(loss) is var (input, _) ? network.MakerOf(input) : -1;
            if (last >= 0 && ClosedBy(network, last, IsEntropy(loss)) is var (trained, obstacle))
                yield return new Flaw(
                    $"{UpdatableNetwork.Name(trained)} is updatable; {LowerCase(obstacle)}, which Core ML sends no " +
                    $"gradient through, leads to the loss '{loss.Name}' as well, and Core ML does not tell the paths " +
                    "apart.",
                    UpdatableNetwork.PlaceOf(trained));
        }
    }

    private static (NeuralNetworkLayer Trained, NeuralNetworkLayer Obstacle)? ClosedBy(
        UpdatableNetwork network, int last, bool isEntropy)
    {
        NeuralNetworkLayer? obstacle = null;
        var seen = new HashSet<int> { last };
        var open = new Queue<int>([last]);
        while (open.TryDequeue(out int place))
        {
            NeuralNetworkLayer layer = network.Network.Layers[place];
            // A layer is looked at when the one below it is: its own mark counts for those that come after it.
            if (place == last && !Passes(layer, isEntropy))
                obstacle = layer;
            foreach (int maker in network.MakersOf(place))
            {
                if (!seen.Add(maker))
                    continue;
                open.Enqueue(maker);
                NeuralNetworkLayer above = network.Network.Layers[maker];
                if (above.IsUpdatable && obstacle is not null)
                    return (above, obstacle);
                if (!Passes(above, isLast: false))
                    obstacle = above;
            }
        }
        return null;
    }

    private static bool Passes(NeuralNetworkLayer layer, bool isLast) =>
        CoreMLTraining.PassesGradient(UpdatableNetwork.KindOf(layer), isLast);

    // A layer is looked at twice at most: reached freely, and reached through an obstacle.
    private static IEnumerable<(int Trained, int Obstacle)> Obstacles(
        UpdatableNetwork network, int last, bool isEntropy)
    {
        const int None = -1;
        var seen = new HashSet<(int, bool)>();
        var open = new Stack<(int Layer, int Obstacle)>();
        if (last >= 0)
            open.Push((last, None));
        while (open.TryPop(out (int Layer, int Obstacle) place))
        {
            if (!seen.Add((place.Layer, place.Obstacle != None)))
                continue;
            NeuralNetworkLayer layer = network.Network.Layers[place.Layer];
            if (layer.IsUpdatable && place.Obstacle != None)
                yield return (place.Layer, place.Obstacle);

            bool passes =
                CoreMLTraining.PassesGradient(UpdatableNetwork.KindOf(layer), isEntropy && place.Layer == last);
            int obstacle = place.Obstacle != None || passes ? place.Obstacle : place.Layer;
            foreach (int maker in network.MakersOf(place.Layer))
                open.Push((maker, obstacle));
        }
    }

    private static string Names(UpdatableNetwork network) =>
        string.Join(", ", network.Update.LossLayers.Select(loss => $"'{loss.Name}'"));

    private static bool IsEntropy(LossLayer loss) => loss.CategoricalCrossEntropyLossLayer is not null;

    private static string LowerCase(NeuralNetworkLayer layer) => "l" + UpdatableNetwork.Name(layer)[1..];
}
