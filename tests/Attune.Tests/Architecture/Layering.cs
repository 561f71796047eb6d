using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Attune.Tests.Architecture;

/// <summary>
/// Which file of the library names which other, and which of that goes against the order of the folders.
/// </summary>
internal static class Layering
{
    /// <summary>The folders in the order of the data's route; each may use itself and those before it.</summary>
    public static readonly string[] Order =
    [
        "Runtime", "Arrays", "Codecs", "Features", "Files", "Format", "Kernels", "Graph", "Layers", "Losses",
        "Lowering", "Models", "Optimizers", "Update",
    ];

    // The classes that the build makes of the .proto files; their sources are nowhere but in the compiled library.
    private const string Generated = "Format/Protos";

    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path)
                is not ("Attune.Tests" or "Attune.Authoring" or "Attune.DependencyInjection"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>
    /// Compiles sources and finds names that point the wrong way: "Kernels/Gemm.cs names Layers/Convolution.cs".
    /// </summary>
    /// <param name="sources">Paths from the library's folder with forward slashes, and texts.</param>
    /// <returns>What is wrong, in order, each once.</returns>
    public static IReadOnlyList<string> Problems(IEnumerable<(string Path, string Text)> sources)
    {
        CSharpParseOptions options = new(LanguageVersion.Preview, DocumentationMode.None);
        SyntaxTree[] trees =
        [
            CSharpSyntaxTree.ParseText(GlobalUsings, options),
            .. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Path)),
        ];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Attune.Tests", // the library's internals, generated messages among them, are visible to this name
            trees,
            References.Value,
            // Whether something may be null is of no interest here, and takes the compiler as long as all the rest.
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        ILookup<string, int> ranks = NamesByRank(trees);
        return
        [
            .. trees
                .Where(tree => tree.FilePath.Length > 0)
                .SelectMany(tree => Of(compilation.GetSemanticModel(tree), tree, ranks))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Of(SemanticModel model, SyntaxTree tree, ILookup<string, int> ranks)
    {
        int own = Rank(tree.FilePath);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            // The compiler is asked only about names that could be a later folder's; they are few, and it is slow.
            if (!ranks[name.Identifier.Text].Any(rank => rank > own))
                continue;
            SymbolInfo found = model.GetSymbolInfo(name);
            if ((found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) is { } symbol)
                foreach (string target in Files(symbol).Where(target => Rank(target) > own))
                    yield return $"{tree.FilePath} names {target}";
        }
    }

    /// <summary>
    /// What a file has to write in order to use another's: names of types, of methods that extend others, and of
    /// folders; with the places of the folders that have them.
    /// </summary>
    private static ILookup<string, int> NamesByRank(IEnumerable<SyntaxTree> trees)
    {
        IEnumerable<(string Name, int Rank)> declared =
            from tree in trees
            from node in tree.GetRoot().DescendantNodes()
            let name = node switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.Text,
                DelegateDeclarationSyntax type => type.Identifier.Text,
                MethodDeclarationSyntax method when Extends(method) => method.Identifier.Text,
                _ => null,
            }
            where name is not null
            select (Name: name, Rank: Rank(tree.FilePath));
        IEnumerable<(string Name, int Rank)> generated = typeof(MLModel).Assembly.GetTypes()
            .Where(type => type.Namespace == "Attune.Format.Specification")
            .Select(type => (Name: type.Name.Split('`')[0], Rank: Rank(Generated)));
        return declared
            .Concat(generated)
            .Concat(Order.Select((folder, rank) => (Name: folder, Rank: rank)))
            .ToLookup(entry => entry.Name, entry => entry.Rank);
    }

    private static bool Extends(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.ThisKeyword));

    private static IEnumerable<string> Files(ISymbol symbol)
    {
        if (symbol is INamespaceSymbol space)
            return space.ContainingNamespace is { Name: "Attune", ContainingNamespace.IsGlobalNamespace: true }
                ? [$"{space.Name}/"]
                : [];
        ISymbol declared = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol.OriginalDefinition;
        if (declared.ContainingAssembly?.Name == "Attune")
            return [Generated];
        return declared.DeclaringSyntaxReferences
            .Select(place => place.SyntaxTree.FilePath)
            .Where(path => path.Length > 0);
    }

    private static int Rank(string path)
    {
        int rank = Array.IndexOf(Order, path.Split('/')[0]);
        return rank >= 0 ? rank : Order.Length;
    }
}
