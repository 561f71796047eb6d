using System.Numerics;
using Attune.Arrays;
using Attune.Runtime;

namespace Attune.Graph;

/// <summary>
/// A part of a network as one layer that takes the samples of a batch one after the other, each thread its own, through
/// plans of one sample: the lanes. Made by a plan, and at home in that plan alone.
/// </summary>
internal sealed class SampleBySample<T>(string name, Plan<T>[] lanes) : Layer(name, "sampleBySample")
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // 1 while a thread uses the lane. There are as many lanes as threads.
    private readonly int[] taken = new int[lanes.Length];

    public override LayerArity Arity => new(0, int.MaxValue, 1, int.MaxValue);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) =>
        [.. Enumerable.Range(0, lanes[0].OutputCount).Select(lanes[0].OutputShape)];

    public override void Forward<TNumber>(LayerRun<TNumber> run)
    {
        var job = new SampleJob { Layer = this, Run = (LayerRun<T>)(object)run };
        run.Workers.Run(ref job, run.Batch);
    }

    private void RunSample(LayerRun<T> run, int sample)
    {
        int index = TakeLane();
        try
        {
            Plan<T> lane = lanes[index];
            for (int i = 0; i < run.InputCount; i++)
                lane.PlaceInput(i, run.InputSample(i, sample));
            lane.Run(1);
            for (int i = 0; i < run.OutputCount; i++)
                lane.Output(i, 1).CopyTo(run.OutputSample(i, sample).Span);
        }
        finally
        {
            Volatile.Write(ref taken[index], 0);
        }
    }

    private int TakeLane()
    {
        for (int i = 0; ; i = (i + 1) % taken.Length)
            if (Interlocked.CompareExchange(ref taken[i], 1, 0) == 0)
                return i;
    }

    private struct SampleJob : IJob
    {
        public SampleBySample<T> Layer;
        public LayerRun<T> Run;

        void IJob.Run(int chunk) => Layer.RunSample(Run, chunk);
    }
}
