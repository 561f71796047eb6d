using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Reflection;
using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Tests.Architecture;

/// <summary>docs/observability.md names all that observers can see.</summary>
public sealed class ObservabilityPageTests
{
    private static readonly string[] Rows =
    [
        .. File.ReadLines(Repository.Place("docs/observability.md"))
            .Where(line => line.StartsWith('|')),
    ];

    [Fact]
    public void Every_instrument_has_its_row_with_kind_and_unit()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Tracing.Name)
                    instruments.Add(instrument);
            },
        };
        RuntimeHelpers.RunClassConstructor(typeof(Measurements).TypeHandle);
        listener.Start();

        Assert.Equal(8, instruments.Count);
        Assert.All(instruments, one => Assert.Contains(
            Rows,
            row => row.StartsWith(
                $"| `{one.Name}` | {one.GetType().Name.Split('`')[0].ToLowerInvariant()} | `{one.Unit}` | ",
                StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_tag_has_its_row()
    {
        string[] names =
        [
            .. typeof(Tags).GetFields(BindingFlags.Static | BindingFlags.Public)
                .Select(field => (string)field.GetRawConstantValue()!),
        ];

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(
            Rows,
            row => row.Split('|') is { Length: 5 } cells && cells[1].Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_event_has_its_row_with_level_keyword_and_fields()
    {
        (MethodInfo Method, EventAttribute Event)[] events =
        [
            .. from method in typeof(Events).GetMethods()
               let happened = method.GetCustomAttribute<EventAttribute>()
               where happened is not null
               select (method, happened),
        ];

        Assert.Null(Events.Log.ConstructionException);
        Assert.NotEmpty(events);
        Assert.All(events, one =>
        {
            string fields = string.Join(", ", one.Method.GetParameters().Select(field => $"`{field.Name}`"));
            string keyword = typeof(Events.Keywords).GetFields()
                .Single(field => field.GetRawConstantValue()!.Equals((long)one.Event.Keywords)).Name;
            string level = $"{one.Event.Level}".ToLowerInvariant();
            string start = $"| {one.Event.EventId} | `{one.Method.Name}` | {level} | `{keyword}`";
            Assert.Contains(
                Rows,
                row => row.StartsWith(start, StringComparison.Ordinal)
                    && row.EndsWith($"| {fields} |", StringComparison.Ordinal));
        });
    }
}
