using System.Collections.Immutable;
using Attune.Files;

namespace Attune.Models;

/// <summary>Follows links from model to model, each file once, never in a circle.</summary>
internal sealed class ModelLinks
{
    private const int MostLinks = 8;

    private readonly ImmutableArray<string> chain;
    private readonly Dictionary<string, LinkTarget> loaded;

    /// <param name="origin">Where the linking model was opened; null if it came from memory.</param>
    /// <param name="folders">The folders that the application names; null: that of the linking model.</param>
    public ModelLinks(ModelSource? origin, IReadOnlyCollection<string>? folders)
        : this(
            origin is null ? [] : [origin.Path],
            new LinkSearch(origin is null ? null : Path.GetDirectoryName(origin.Path), folders),
            [])
    {
    }

    private ModelLinks(ImmutableArray<string> chain, LinkSearch search, Dictionary<string, LinkTarget> loaded)
    {
        this.chain = chain;
        this.loaded = loaded;
        Search = search;
    }

    public LinkSearch Search { get; }

    /// <summary>The same, for a link that is followed later: files may have changed.</summary>
    public ModelLinks Anew() => new(chain, Search, []);

    /// <summary>The model at a path.</summary>
    /// <param name="path">Full.</param>
    /// <param name="load">Makes it, with the links that it may follow itself.</param>
    /// <exception cref="MLModelFormatException">Links lead back to a model that is being loaded, or too
    /// far.</exception>
    public LinkTarget Follow(string path, Func<ModelLinks, LinkTarget> load)
    {
        if (chain.Contains(path))
            throw new MLModelFormatException(
                $"Linked models lead in a circle: {string.Join(" → ", chain)} → {path}. Repair one of them.", path);
        if (chain.Length > MostLinks)
            throw new MLModelFormatException(
                $"Linked models lead through {MostLinks} files at most; these are more: " +
                $"{string.Join(" → ", chain)} → {path}.",
                path);
        if (!loaded.TryGetValue(path, out LinkTarget? target))
            loaded[path] = target = load(
                new ModelLinks(chain.Add(path), Search.From(Path.GetDirectoryName(path)!), loaded));
        return target;
    }
}

/// <summary>The model at the end of a link.</summary>
internal sealed record LinkTarget(MLModelDescription Description, ModelImplementation Implementation);
