using System.Diagnostics;
using Attune.Cli.Evaluation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Attune.Cli.Training;

/// <summary>
/// One line that is written over: a bar, the epoch, the loss of the last mini-batch, the held-out accuracy, the speed
/// and the time left. What has no room is left out, the least important first; the line never wraps.
/// </summary>
internal sealed class TrainingBar(Func<TimeSpan> clock) : ProgressColumn, ITrainingProgress
{
    private const int LeastBar = 8, MostBar = 40;

    private static readonly Style Done = new(Color.Blue), Left = new(Color.Grey);

    private static readonly string[] Stopping = ["stopping", "Ctrl-C again ends at once"];

    // Replaced as a whole: it is drawn by another thread than the training's.
    private volatile Moment now = new("reading samples", [], Part: 0);
    private int epochs, samples, batch;
    private string heldOut = "";
    private volatile bool isStopping;
    private double? firstPlace;
    private TimeSpan begin;

    public TrainingBar()
        : this(SinceNow())
    {
    }

    public bool WantsMiniBatches => true;

    public void Begin(int epochs, int samples, int batch)
    {
        (this.epochs, this.samples, this.batch) = (epochs, samples, batch);
        begin = clock();
        now = new Moment("preparing", [], Part: 0);
    }

    public void OnMiniBatch(int epoch, int miniBatch, double loss)
    {
        long learned = Math.Min((long)miniBatch * batch, samples);
        double place = epoch - 1 + (double)learned / samples;
        // An update that goes on from a checkpoint does not begin at 0, and its speed is that of what is new.
        firstPlace ??= place - (double)Math.Min(batch, samples) / samples;
        double seconds = Math.Max((clock() - begin).TotalSeconds, 1e-3);
        double perSecond = (place - firstPlace.Value) / seconds;
        string left = Plain.Clock(TimeSpan.FromSeconds(Math.Min((epochs - place) / perSecond, 359_999)));
        string count = epochs.ToString(System.Globalization.CultureInfo.InvariantCulture);
        now = new Moment(
            $"epoch {epoch.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(count.Length)}/{count}",
            [$"loss {Loss(loss)}", $"{left} left", heldOut, $"{Plain.Count((long)(perSecond * samples))}/s"],
            place / epochs);
    }

    public void OnEpoch(EpochReport epoch) =>
        heldOut = epoch.HoldOutAccuracy is { } share ? $"held out {EvaluationTables.Percent(share)}"
            : epoch.HoldOutLoss is { } loss ? $"held out {Loss(loss)}"
            : epoch.Accuracy is { } learned ? $"accuracy {EvaluationTables.Percent(learned)}"
            : "";

    /// <summary>Somebody asked for an end.</summary>
    public void Stop() => isStopping = true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        Line(isStopping ? now with { Parts = Stopping } : now, options.ConsoleSize.Width - 1);

    private static Paragraph Line(Moment moment, int width)
    {
        string text = moment.Epoch;
        foreach (string part in moment.Parts)
            if (part.Length > 0 && text.Length + 2 + part.Length + 2 + LeastBar <= width)
                text += "  " + part;
        int bar = Math.Clamp(width - text.Length - 2, 0, MostBar);
        int full = (int)Math.Round(bar * Math.Clamp(moment.Part, 0, 1));
        var line = new Paragraph { Overflow = Overflow.Crop };
        line.Append(new string('━', full), Done);
        line.Append(new string('─', bar - full), Left);
        line.Append((bar > 0 ? "  " : "") + text);
        return line;
    }

    // All of one width, so that a line that is written over stands still.
    private static string Loss(double loss) => Plain.Loss(loss).PadRight(Plain.LossWidth);

    private static Func<TimeSpan> SinceNow()
    {
        long start = Stopwatch.GetTimestamp();
        return () => Stopwatch.GetElapsedTime(start);
    }

    /// <param name="Epoch">What is always shown.</param>
    /// <param name="Parts">What follows it, the most important first.</param>
    /// <param name="Part">Of the whole, 0 to 1.</param>
    private sealed record Moment(string Epoch, string[] Parts, double Part);
}
