using System.Reflection;
using Attune.Benchmarks.Route;
using BenchmarkDotNet.Attributes;

namespace Attune.Benchmarks.Tests;

public sealed class KernelBenchmarksTests
{
    public static TheoryData<Type> Classes => [.. Assembly.GetAssembly(typeof(RouteProgram))!.GetTypes()
        .Where(type => Methods<BenchmarkAttribute>(type).Any())];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_kernel_benchmark_runs(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        PropertyInfo parameter = type.GetProperties().Single(property => ValuesOf(type, property) is not null);

        foreach (object value in ValuesOf(type, parameter)!)
        {
            object benchmarks = Activator.CreateInstance(type)!;
            parameter.SetValue(benchmarks, value);
            foreach (MethodInfo setup in Methods<GlobalSetupAttribute>(type))
                setup.Invoke(benchmarks, null);
            // The baselines are plain loops, and slow: the kernels are what can break.
            foreach (MethodInfo method in Methods<BenchmarkAttribute>(type))
                if (!method.GetCustomAttribute<BenchmarkAttribute>()!.Baseline)
                    method.Invoke(benchmarks, null);
        }
    }

    private static IEnumerable<MethodInfo> Methods<TAttribute>(Type type) where TAttribute : Attribute =>
        type.GetMethods().Where(method => method.GetCustomAttribute<TAttribute>() is not null);

    private static IEnumerable<object>? ValuesOf(Type type, PropertyInfo property)
    {
        if (property.GetCustomAttribute<ParamsAttribute>() is { } given)
            return given.Values!;
        return property.GetCustomAttribute<ParamsSourceAttribute>() is { } source
            ? (IEnumerable<object>)type.GetProperty(source.Name)!.GetValue(null)!
            : null;
    }
}
