using System.Globalization;
using System.Text.Json.Nodes;
using Attune.Benchmarks.Route;

namespace Attune.Benchmarks.Compare;

/// <summary>
/// Runs the route benchmark and its peers in turn, several times over, so that whatever else the machine does meets
/// both alike; prints the ratios with their spread.
/// </summary>
internal static class Comparison
{
    private const string Usage =
        "usage: compare --peers DIR [--runs 5] [--threads 2] [--only train|infer|gemm|load] [--lines FILE]";

    // A run hardly feels less than this.
    private const double MostOthers = 0.05;
    private const int MostAttempts = 5;

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            var arguments = new Arguments(args);
            string folder = arguments.Text("peers") ?? "";
            int runs = arguments.Count("runs", 5);
            int threads = arguments.Count("threads", 2);
            string only = arguments.Choice("only", "", "", "train", "infer", "gemm", "load");
            string? lines = arguments.Text("lines");
            arguments.RequireAllKnown();
            if (!Directory.Exists(folder))
                throw new ArgumentException($"--peers takes the folder with the peers' programs; got '{folder}'.");

            using TextWriter? record = lines is null ? null : File.CreateText(lines);
            Match[] matches = [.. Matches.All(threads).Where(match => only.Length == 0 || match.Task == only)];
            Run(new PeerKit(folder), matches, runs, threads, output, errors, record);
            return 0;
        }
        catch (ArgumentException refusal)
        {
            errors.WriteLine(refusal.Message);
            errors.WriteLine(Usage);
            return 2;
        }
    }

    private static void Run(
        PeerKit kit, Match[] matches, int runs, int threads, TextWriter output, TextWriter errors, TextWriter? record)
    {
        Machine.Print(kit, threads, output);
        var table = new RatioTable();
        for (int run = 0; run < runs; run++)
            foreach (Match match in matches)
            {
                errors.WriteLine($"[{run + 1}/{runs}] {string.Join(' ', match.Ours)}");
                if (match.Theirs is { } command && kit.Absence(command.Peer) is { } reason)
                    table.Skip(match, $"{command.Peer}: {reason}");
                else
                    PlayUndisturbed(kit, match, peerFirst: run % 2 == 0, table, errors, record);
            }
        table.Print(output);
    }

    /// <summary>
    /// Once, and again if other programs were at work meanwhile: two threads that wait for each other lose far more
    /// time to them than one, and not the same on both sides.
    /// </summary>
    private static void PlayUndisturbed(
        PeerKit kit, Match match, bool peerFirst, RatioTable table, TextWriter errors, TextWriter? record)
    {
        for (int attempt = 1; ; attempt++)
        {
            ProcessorTime before = ProcessorTime.Read();
            (IReadOnlyList<JsonNode> Ours, IReadOnlyList<JsonNode> Theirs)? lines = Play(kit, match, peerFirst, table);
            if (lines is not { } played)
                return;
            double others = (ProcessorTime.Read() - before).OthersShare;
            if (others > MostOthers && attempt < MostAttempts)
            {
                errors.WriteLine($"      other programs took {others:P0} of the processors meanwhile; once more");
                continue;
            }
            foreach (JsonNode line in played.Ours.Concat(played.Theirs))
                record?.WriteLine(line.ToJsonString());
            table.Add(match, played.Ours, played.Theirs, others);
            return;
        }
    }

    private static (IReadOnlyList<JsonNode> Ours, IReadOnlyList<JsonNode> Theirs)? Play(
        PeerKit kit, Match match, bool peerFirst, RatioTable table)
    {
        string[] facts = match.Task == "gemm" ? PeakFor(kit, match.Ours[^1]) : ["--models", kit.Models];
        string[] arguments = ["route", .. match.Ours, .. facts];
        IReadOnlyList<JsonNode> Ours() =>
            (match.Task == "load" ? StartingProgram.Run(arguments) : ChildProcess.RunSelf(arguments)).Lines;
        IReadOnlyList<JsonNode> Theirs() => match.Theirs is { } command ? kit.Run(command) : [];
        try
        {
            IReadOnlyList<JsonNode> theirs = peerFirst ? Theirs() : [];
            IReadOnlyList<JsonNode> ours = Ours();
            return (ours, peerFirst ? theirs : Theirs());
        }
        catch (InvalidOperationException failure)
        {
            table.Skip(match, failure.Message);
            return null;
        }
    }

    private static string[] PeakFor(PeerKit kit, string threads) =>
        kit.Peak(int.Parse(threads, CultureInfo.InvariantCulture)) is { } peak ? ["--peak", $"{peak}"] : [];
}
