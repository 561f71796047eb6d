namespace Attune.Benchmarks.Route;

/// <summary>
/// The route benchmark: whole tasks on whole models, as a user of the library meets them. It takes the arguments and
/// prints the fields of the scripts that measure other engines, so that lines can be compared field by field.
/// </summary>
internal static class RouteProgram
{
    private const string Usage = """
        usage: route train    --net mnist|mlp|tiny [--samples 640] [--epochs 5] [--batch 32] [--threads 2]
                              [--mode tail|tail-cached|full] [--optimizer sgd|adam] [--lr RATE]
               route infer    --net mnist|mlp|squeezenet_11|mobilenet_v1_050 [--batch 32] [--seconds 2] [--threads 2]
               route load     [--net none|NET] [--runs 3] [--threads 2]   all nets and the seed job unless one is named
               route seed-job [--runs 3] [--threads 2]
               route knn      [--samples 100000] [--dimensions 128] [--threads 2] [--seconds 2]
               route gemm     [--threads 2] [--peak GFLOPS]
               route image    [--file PNG|JPEG|...] [--seconds 2]   without a file one of 12 megapixels is made
               route trees    [--trees 1000] [--depth 8] [--seconds 2]
        Models are read from --models DIR; the default is peers/models in the folder that ATTUNE_SHARED names, or in
        'shared' beside the repository. The net 'tiny' needs no file.
        """;

    /// <returns>0, or 2 if the arguments are not understood.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            Dispatch(args, output);
            return 0;
        }
        catch (ArgumentException refusal)
        {
            errors.WriteLine(refusal.Message);
            errors.WriteLine(Usage);
            return 2;
        }
    }

    private static void Dispatch(string[] args, TextWriter output)
    {
        string task = args.Length > 0 ? args[0] : "";
        var arguments = new Arguments(args.AsSpan(Math.Min(1, args.Length)));
        Action<Arguments, TextWriter> run = task switch
        {
            "train" => TrainRoute.Run,
            "infer" => InferRoute.Run,
            "load" => LoadRoute.Run,
            "seed-job" => SeedJob.Run,
            "knn" => NeighborsRoute.Run,
            "gemm" => GemmRoute.Run,
            "image" => ImageRoute.Run,
            "trees" => TreesRoute.Run,
            _ => throw new ArgumentException($"The route benchmark takes one of its tasks first; got '{task}'."),
        };
        run(arguments, output);
    }
}
