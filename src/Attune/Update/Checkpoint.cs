using System.Runtime.InteropServices;
using Attune.Graph;
using Attune.Models;
using Attune.Runtime;

namespace Attune.Update;

/// <summary>
/// Writes how far a run has come, and brings a new run to there: the place in the epoch, the random stream, the
/// numbers, the optimizer's state, what was held out, and the learning rate, which a handler may have changed.
/// </summary>
internal sealed class Checkpoint(NetworkTraining training, TrainingRun run)
{
    private readonly CheckpointFile file = new(
        training.Options.Checkpoint!.Path,
        CheckpointSettings.Of(training, run.Features.Count, run.HoldOut?.Features.Count ?? 0));

    public void Save(ParameterTable parameters) => file.Write(writer =>
    {
        writer.Write(run.Epoch);
        Write(writer, run.Measured);
        Write(writer, run.LastEpoch);
        writer.Write((double)parameters.ValueOf(MLParameterKey.LearningRate)!);
        RandomState random = run.Order.Start;
        writer.Write(random.S0);
        writer.Write(random.S1);
        writer.Write(random.S2);
        writer.Write(random.S3);
        WriteNumbers(writer, run.Current);
        writer.Write(run.Step.Optimizer.StepCount);
        foreach (Memory<float> accumulator in run.Step.Optimizer.Accumulators)
            writer.Write(MemoryMarshal.AsBytes<float>(accumulator.Span));
        run.HoldOut?.Save(writer, WriteNumbers);
    });

    /// <summary>Brings the run to where the file says, if there is one.</summary>
    /// <returns>The parameters that are in force there.</returns>
    /// <exception cref="ArgumentException">The file belongs to another update, or has come further than this one is to
    /// go.</exception>
    /// <exception cref="MLModelFormatException">The file is damaged, or no checkpoint.</exception>
    public ParameterTable Load(ParameterTable parameters)
    {
        file.TryRead(reader =>
        {
            run.GoTo(reader.ReadInt32(), ReadLoss(reader), ReadLoss(reader));
            parameters = parameters.With(MLParameterKey.LearningRate, reader.ReadDouble());
            run.Order.ReturnTo(new RandomState(
                reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64()));
            ReadNumbers(reader, run.Current);
            run.Step.Optimizer.StepCount = reader.ReadInt64();
            foreach (Memory<float> accumulator in run.Step.Optimizer.Accumulators)
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(accumulator.Span));
            run.HoldOut?.Load(
                reader, run.Current, source => ReadNumbers(source, run.Current.Own(training.Trainable)));
        });
        RequireEpochs();
        return parameters;
    }

    private void RequireEpochs()
    {
        long epochs = (long)training.Parameters.ValueOf(MLParameterKey.Epochs)!;
        bool isWithin = run.Learned > 0;
        if (isWithin ? run.Epoch >= epochs : run.Epoch > epochs)
            throw new ArgumentException(
                $"The checkpoint '{training.Options.Checkpoint!.Path}' has come to {run.Epoch} epochs"
                + $"{(isWithin ? " and a part of the next" : "")}; this update takes {epochs}. Give it as many epochs "
                + "or more, name another file, or delete this one to begin anew.");
    }

    public void Delete() => file.Delete();

    private static void Write(BinaryWriter writer, BatchLoss loss)
    {
        writer.Write(loss.Count);
        writer.Write(loss.Sum);
        writer.Write(loss.Correct ?? -1);
    }

    private static BatchLoss ReadLoss(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        double sum = reader.ReadDouble();
        int correct = reader.ReadInt32();
        return new BatchLoss(count, sum, correct < 0 ? null : correct);
    }

    private void WriteNumbers(BinaryWriter writer, ParameterSet<float> numbers)
    {
        foreach (Parameter parameter in Trained)
            writer.Write(MemoryMarshal.AsBytes<float>(numbers[parameter].Span));
    }

    private ParameterSet<float> ReadNumbers(BinaryReader reader, ParameterSet<float> numbers)
    {
        foreach (Parameter parameter in Trained)
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers[parameter].Span));
        return numbers;
    }

    // The network's order, which a set does not have.
    private IEnumerable<Parameter> Trained =>
        training.Network.Network.Network.Parameters.Where(training.Trainable.Contains);
}
