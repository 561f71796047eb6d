using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using Attune.Benchmarks.Route;

namespace Attune.Benchmarks.Compare;

/// <summary>A program of the peers' folder with its arguments.</summary>
internal sealed record PeerCommand(Peer Peer, string[] Arguments);

internal enum Peer
{
    PyTorch,
    OnnxRuntime,
    OpenBlas,
    Peak,
}

/// <summary>
/// The folder with the programs that run other engines on the same networks. Any of them may be absent; what it would
/// have been compared with is then left out, with the reason.
/// </summary>
internal sealed class PeerKit
{
    private readonly string folder;
    private readonly Dictionary<Peer, string> absent = [];
    private readonly Dictionary<int, double> peaks = [];

    public PeerKit(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        foreach (Peer peer in Enum.GetValues<Peer>())
            if (WhyAbsent(peer) is { } reason)
                absent[peer] = reason;
        ForcedCore = ChooseBlasCore();
    }

    /// <summary>Where the models are.</summary>
    public string Models => Path.Combine(folder, "models");

    /// <summary>The processor whose kernels OpenBLAS is told to take; null: it chooses.</summary>
    public string? ForcedCore { get; }

    /// <summary>The build of OpenBLAS that shares PyTorch's threads instead of competing with them.</summary>
    private static string? SharedThreadBlas { get; } = !OperatingSystem.IsLinux()
        ? null
        : Directory.GetDirectories("/usr/lib", "*-linux-gnu")
            .Select(path => Path.Combine(path, "openblas-openmp"))
            .FirstOrDefault(Directory.Exists);

    /// <summary>Null if the peer can run.</summary>
    public string? Absence(Peer peer) => absent.GetValueOrDefault(peer);

    /// <summary>
    /// The most GFLOP/s that multiply-adds reach here, by any instruction set; null where it is not known.
    /// </summary>
    public double? Peak(int threads)
    {
        if (Absence(Peer.Peak) is not null)
            return null;
        if (!peaks.ContainsKey(threads))
            foreach (JsonNode line in Run(new PeerCommand(Peer.Peak, [$"{threads}"])))
                peaks[(int)line["threads"]!] = Math.Max(
                    (double)line["gflops"]!, peaks.GetValueOrDefault((int)line["threads"]!));
        return peaks[threads];
    }

    public IReadOnlyList<JsonNode> Run(PeerCommand command)
    {
        (string program, string[] first) = command.Peer switch
        {
            Peer.PyTorch => ("/usr/bin/python3", ["torch_train.py"]),
            Peer.OnnxRuntime => ("node", ["ort_infer.mjs"]),
            Peer.OpenBlas => (InFolder("build", "sgemm_openblas"), []),
            _ => (InFolder("build", "peak_flops"), Array.Empty<string>()),
        };
        var environment = new Dictionary<string, string> { ["PYTHONDONTWRITEBYTECODE"] = "1" };
        if (ForcedCore is not null)
            environment["OPENBLAS_CORETYPE"] = ForcedCore;
        if (command.Peer == Peer.PyTorch)
            environment["LD_LIBRARY_PATH"] = SharedThreadBlas!;
        return ChildProcess.Run(program, [.. first, .. command.Arguments], folder, environment).Lines;
    }

    /// <summary>
    /// OpenBLAS chooses its kernels by the processor's model and takes those of 2004 where it does not know it. A peer
    /// is to be at its best, so it is then told by the instruction sets. Null where it chooses well, or the user
    /// chooses.
    /// </summary>
    private string? ChooseBlasCore()
    {
        if (Absence(Peer.OpenBlas) is not null || Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is not null)
            return null;
        if ((string)Run(new PeerCommand(Peer.OpenBlas, ["1"]))[0]["core"]! != "Prescott")
            return null;
        if (Avx512F.IsSupported)
            return "SkylakeX";
        return Avx2.IsSupported ? "Haswell" : null;
    }

    private string? WhyAbsent(Peer peer) => peer switch
    {
        Peer.PyTorch when SharedThreadBlas is null => "the openmp build of OpenBLAS is not installed",
        Peer.PyTorch => MissingFile("torch_train.py") ?? Failure("/usr/bin/python3", "-c", "import torch, numpy"),
        Peer.OnnxRuntime =>
            MissingFile("ort_infer.mjs")
            ?? MissingFile("node_modules", "onnxruntime-node", "package.json")
            ?? Failure("node", "--version"),
        Peer.OpenBlas => MissingFile("build", "sgemm_openblas"),
        _ => MissingFile("build", "peak_flops"),
    };

    private string? MissingFile(params ReadOnlySpan<string> parts) =>
        File.Exists(InFolder(parts)) ? null : $"there is no {InFolder(parts)}";

    private static string? Failure(string program, params string[] arguments)
    {
        try
        {
            ChildProcess.Run(program, arguments);
            return null;
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"{program} does not run: {failure.Message.Split('\n')[^1]}";
        }
    }

    private string InFolder(params ReadOnlySpan<string> parts) => Path.Combine([folder, .. parts]);
}
