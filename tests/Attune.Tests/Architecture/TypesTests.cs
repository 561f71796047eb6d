using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Attune.Authoring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Attune.Tests.Architecture;

/// <summary>What holds for every type of the libraries.</summary>
public sealed class TypesTests
{
    private static readonly Assembly[] Libraries = [typeof(MLModel).Assembly, typeof(NetworkBuilder).Assembly];

    [Fact]
    public void Public_types_stand_in_the_assemblys_one_namespace()
    {
        Assert.DoesNotContain(
            Libraries.SelectMany(library => library.GetExportedTypes()),
            type => type.Namespace != type.Assembly.GetName().Name);
    }

    [Fact]
    public void Public_types_cannot_be_derived_from_by_others()
    {
        // Abstract ones have constructors that only the library sees.
        Assert.Empty(Libraries
            .SelectMany(library => library.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsSealed: false } && !(type.IsAbstract && HidesConstructors(type)))
            .Select(type => type.Name));
    }

    [Fact]
    public void Classes_are_sealed_unless_others_derive_from_them()
    {
        Type[] classes =
        [
            .. Libraries.SelectMany(library => library.GetTypes())
                .Where(type => type.IsClass && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null),
        ];
        HashSet<Type> parents =
        [
            .. classes.Select(type => type.BaseType).OfType<Type>()
                .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type),
        ];

        Assert.Empty(classes.Where(type => !type.IsSealed && !parents.Contains(type)).Select(type => type.FullName));
    }

    [Theory]
    [InlineData("Attune", "Attune.xml")]
    [InlineData("Attune.Authoring", "Attune.Authoring.xml")]
    public void Every_public_member_is_documented(string library, string documentation)
    {
        Dictionary<string, XElement> documented = XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, documentation))
            .Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);

        string[] missing =
        [
            .. PublicSymbols(library)
                .Select(symbol => symbol.GetDocumentationCommentId()!)
                .Where(id => !documented.TryGetValue(id, out XElement? text) || IsEmpty(text)),
        ];

        Assert.Empty(missing);
    }

    private static bool HidesConstructors(Type type) => type
        .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        .All(made => !made.IsPublic && !made.IsFamily && !made.IsFamilyOrAssembly);

    private static bool IsEmpty(XElement text) =>
        text.Element("inheritdoc") is null && (text.Element("summary")?.Value ?? text.Value).Trim().Length == 0;

    private static IEnumerable<ISymbol> PublicSymbols(string library)
    {
        Assembly assembly = Libraries.Single(candidate => candidate.GetName().Name == library);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))
            .ToList();
        var compilation = CSharpCompilation.Create("Reader", references: references);
        PortableExecutableReference own = references.First(
            reference => Path.GetFileNameWithoutExtension(reference.FilePath) == library);
        var symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(own)!;
        foreach (Type type in assembly.GetExportedTypes())
        {
            INamedTypeSymbol found = symbol.GetTypeByMetadataName(type.FullName!)!;
            yield return found;
            if (found.TypeKind == TypeKind.Delegate)
                continue;
            foreach (ISymbol member in found.GetMembers().Where(IsWritten))
                yield return member;
        }
    }

    /// <summary>Public, and written by somebody rather than by the compiler.</summary>
    private static bool IsWritten(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected
        && member is not INamedTypeSymbol
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet }
        && member is not IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 }
        && !member.GetAttributes().Any(
            attribute => attribute.AttributeClass?.Name == nameof(CompilerGeneratedAttribute));
}
