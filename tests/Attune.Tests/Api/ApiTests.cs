using System.Reflection;
using Attune.Authoring;
using Attune.Tests.Architecture;
using Microsoft.Extensions.DependencyInjection;

namespace Attune.Tests.Api;

public sealed class ApiTests
{
    /// <summary>Whoever changes what others call sees it in a text that is reviewed like code.</summary>
    [Theory]
    [InlineData(typeof(MLModel))]
    [InlineData(typeof(NetworkBuilder))]
    [InlineData(typeof(MLModelServiceCollectionExtensions))]
    public void Public_members_are_the_ones_that_were_reviewed(Type inside)
    {
        Assembly assembly = inside.Assembly;

        Repository.RequireText(
            $"tests/Attune.Tests/Api/{assembly.GetName().Name}.api.txt", ApiPrinter.Print(assembly));
    }
}
