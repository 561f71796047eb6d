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
        var stolen = Machine.ReadStolen();
        var table = new RatioTable();
        for (int run = 0; run < runs; run++)
            foreach (Match match in matches)
            {
                errors.WriteLine($"[{run + 1}/{runs}] {string.Join(' ', match.Ours)}");
                if (match.Theirs is { } command && kit.Absence(command.Peer) is { } reason)
                    table.Skip(match, $"{command.Peer}: {reason}");
                else
                    Play(kit, match, peerFirst: run % 2 == 0, table, record);
            }
        table.Print(output);
        Machine.PrintStolen(stolen, output);
    }

    private static void Play(PeerKit kit, Match match, bool peerFirst, RatioTable table, TextWriter? record)
    {
        IReadOnlyList<JsonNode> Ours() => ChildProcess.RunSelf(
            ["route", .. match.Ours, .. match.Task == "gemm" ? Array.Empty<string>() : ["--models", kit.Models]]).Lines;
        IReadOnlyList<JsonNode> Theirs() => match.Theirs is { } command ? kit.Run(command) : [];
        try
        {
            IReadOnlyList<JsonNode> theirs = peerFirst ? Theirs() : [];
            IReadOnlyList<JsonNode> ours = Ours();
            theirs = peerFirst ? theirs : Theirs();
            foreach (JsonNode line in ours.Concat(theirs))
                record?.WriteLine(line.ToJsonString());
            table.Add(match, ours, theirs);
        }
        catch (InvalidOperationException failure)
        {
            table.Skip(match, failure.Message);
        }
    }
}
