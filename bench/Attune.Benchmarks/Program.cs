// Three programs in one:
//   route TASK ...                             the whole way through the library; one line of JSON per result
//   compare --peers DIR ...                    the route and its peers in turn; a table of ratios
//   anything else                              the kernels, by BenchmarkDotNet (--filter '*', --list flat, --job Dry)

using System.Globalization;
using System.Runtime.CompilerServices;
using Attune.Benchmarks.Compare;
using Attune.Benchmarks.Route;
using BenchmarkDotNet.Running;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["route", .. var rest] => RouteProgram.Run(rest, Console.Out, Console.Error),
    ["compare", .. var rest] => Comparison.Run(rest, Console.Out, Console.Error),
    _ => RunKernels(args),
};

// Apart, so that the route's start-up does not load BenchmarkDotNet.
[MethodImpl(MethodImplOptions.NoInlining)]
static int RunKernels(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(RouteProgram).Assembly).Run(args);
    return 0;
}
