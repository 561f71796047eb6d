using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Attune.Authoring;
using Attune.Format.Validation;

namespace Attune.Tests.Architecture;

/// <summary>Whoever meets an exception or the name of a rule finds it in the documentation.</summary>
public sealed partial class ErrorsPageTests
{
    private static readonly Assembly[] Libraries = [typeof(MLModel).Assembly, typeof(NetworkBuilder).Assembly];

    /// <summary>Exceptions that do not reach a caller, and why.</summary>
    private static readonly Dictionary<string, string> Inner = new()
    {
        ["UnreachableException"] = "stands where the compiler cannot see that nothing comes",
        ["NotSupportedException"] = "streams inside of the codecs have members that nobody calls",
        ["IndexOutOfRangeException"] = "the compiler's lists of one element make it",
        ["InvalidDataException"] = "the reading of a checkpoint turns it into its own",
    };

    private static string Errors => File.ReadAllText(Repository.Place("docs", "errors.md"));

    [Fact]
    public void Every_exception_that_is_made_stands_on_the_page_of_errors()
    {
        string[] made = [.. Libraries.SelectMany(Made).Distinct()];

        Assert.Contains(nameof(MLFeatureException), made);
        Assert.Contains(nameof(ArgumentException), made);
        Assert.DoesNotContain(
            made, name => !Inner.ContainsKey(name) && !Errors.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_public_exception_stands_on_the_page_of_errors_with_its_facts()
    {
        Type[] exceptions =
        [
            .. Libraries.SelectMany(library => library.GetExportedTypes())
                .Where(type => type.IsAssignableTo(typeof(Exception))),
        ];

        Assert.Equal(4, exceptions.Length);
        Assert.Empty(
            from type in exceptions
            from name in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(property => property.Name)
                .Append(type.Name)
            where !Errors.Contains($"`{name}`", StringComparison.Ordinal)
            select $"{type.Name}: {name}");
    }

    [Fact]
    public void Every_rule_of_the_validator_stands_on_its_page()
    {
        string page = File.ReadAllText(Repository.Place("docs", "validation.md"));

        Assert.DoesNotContain(
            RuleCatalogue.All.Select(rule => rule.Id), id => !page.Contains($"`{id}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_of_Authoring_alone_stands_on_the_page_of_errors()
    {
        string[] ids =
        [
            .. Repository.Files("*.cs", "src/Attune.Authoring")
                .SelectMany(file => RuleName().Matches(file.Text))
                .Select(match => match.Groups[1].Value)
                .Distinct(),
        ];

        Assert.Contains("classifier.labels.count", ids);
        Assert.DoesNotContain(
            ids.Except(RuleCatalogue.All.Select(rule => rule.Id)),
            id => !Errors.Contains($"`{id}`", StringComparison.Ordinal));
    }

    /// <summary>The exceptions whose constructors, or helpers that throw them, an assembly calls.</summary>
    private static IEnumerable<string> Made(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. reader.MemberReferences
                .Select(reader.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Where(member => reader.GetString(member.Name) is var name
                    && (name == ".ctor" || name.StartsWith("Throw", StringComparison.Ordinal)))
                .Select(member => reader.GetTypeReference((TypeReferenceHandle)member.Parent))
                .Select(type => reader.GetString(type.Name))
                .Where(name => name.EndsWith("Exception", StringComparison.Ordinal) && name != nameof(Exception)),
            .. reader.TypeDefinitions
                .Select(type => reader.GetString(reader.GetTypeDefinition(type).Name))
                .Where(name => name.EndsWith("Exception", StringComparison.Ordinal)),
        ];
    }

    [GeneratedRegex("\"([a-z0-9]+(?:\\.[a-z0-9]+)+)\"")]
    private static partial Regex RuleName();
}
