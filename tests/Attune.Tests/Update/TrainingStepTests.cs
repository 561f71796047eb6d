using Attune.Graph;
using Attune.Lowering;
using Attune.Models;
using Attune.Runtime;
using Attune.Update;

namespace Attune.Tests.Update;

public class TrainingStepTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_allocates_nothing(bool isFrozen)
    {
        (TrainingStep step, int[] samples) = Make(isFrozen);

        Assert.Equal(0, Allocations.Of(() => step.Run(samples, [], 0.1)));
    }

    private static (TrainingStep Step, int[] Samples) Make(bool isFrozen)
    {
        MLModel model = TestModels.Load(TestModels.SmallClassifier());
        var network = (NeuralNetworkModel)model.Implementation;
        LoweredNetwork lowered = network.Network;
        Value judged = lowered.ValuesByName["probabilities"];
        HashSet<Parameter> trainable =
            [.. lowered.Network.Parameters.Where(parameter => !isFrozen || parameter.Layer == "dense")];
        NetworkCut cut = NetworkCut.At(lowered.Network, judged, trainable);
        UpdateDefinition definition = UpdateDefinition.Read(model.Specification.NeuralNetworkClassifier.UpdateParams);
        MLArrayBatchProvider data = TestModels.ClassifierSamples();
        Attune.Arrays.Shape[] shapes = [.. lowered.Inputs.Select(input => input.DefaultShape)];
        var target = TrainingTarget.Of(
            definition, model.ModelDescription, lowered.Classifier, lowered.Network.InferShapes(shapes)[judged]);
        var features = new TrainingFeatures(
            data,
            data.Count,
            lowered.Inputs,
            shapes,
            target,
            targetSize: 1,
            (cut.Prefix, network.Parameters, Workers.Single),
            miniBatch: 4,
            budget: 1 << 20);
        features.Fill(new NobodyListens());
        var step = new TrainingStep(
            cut.Suffix,
            network.Parameters.Own(trainable),
            trainable,
            features,
            4,
            Workers.Single,
            definition.Loss,
            1,
            OptimizerChoice.Make(definition, model.ParameterTable, new MLUpdateOptions()));
        return (step, [0, 3, 1, 4]);
    }

    private sealed class NobodyListens : IUpdateSession
    {
        public bool Wants(MLUpdateProgressEvent happened) => false;

        public void Report(
            MLUpdateProgressEvent happened, MLModel snapshot, IReadOnlyDictionary<MLMetricKey, object> metrics)
        {
        }

        public void Learned(int samples)
        {
        }

        public void EpochEnded(EpochFacts epoch)
        {
        }

        public void ThrowIfCancelled()
        {
        }

        public bool TryTakeChange(out KeyValuePair<MLParameterKey, object> change)
        {
            change = default;
            return false;
        }
    }
}
