using Microsoft.Extensions.DependencyInjection;

namespace Attune.PublicApi.Tests.Snippets;

/// <summary>Pieces of the page on dependency injection.</summary>
internal static class Services
{
    public static void Add(IServiceCollection services)
    {
        #region add-models
        services.AddMLModel<UpdatableMNISTDigitClassifier>();           // the typed class of an AttuneModel item
        services.AddMLModel("UpdatableMNISTDigitClassifier.mlmodel",    // an MLModel
            model => model.MaxThreads = 2);
        services.AddSingleton<DigitReader>();
        #endregion
    }

    public static void AddSeveral(IServiceCollection services)
    {
        #region add-keyed-models
        services.AddKeyedMLModel<UpdatableMNISTDigitClassifier>("shipped");
        services.AddKeyedMLModel<UpdatableMNISTDigitClassifier>("personal",
            provider => provider.GetRequiredService<PersonalFiles>().ModelPath,     // asked when it is first used
            (provider, model) => model.MaxThreads = provider.GetRequiredService<PersonalFiles>().Threads);
        #endregion
    }

    public static void Check(IServiceProvider provider)
    {
        #region load-early
        provider.GetRequiredService<UpdatableMNISTDigitClassifier>();   // loads it, or says why not, before users come
        #endregion
    }
}

/// <summary>Where a user's files are.</summary>
internal sealed record PersonalFiles(string ModelPath, int Threads);

#region service
internal sealed class DigitReader(UpdatableMNISTDigitClassifier digits)
{
    public string Read(MLPixelBuffer drawing) => digits.Prediction(drawing).Digit;

    public async Task LearnAsync(
        IEnumerable<UpdatableMNISTDigitClassifierTrainingInput> samples, CancellationToken cancellationToken)
    {
        UpdatableMNISTDigitClassifier learnt =
            await digits.UpdateAsync(samples, cancellationToken: cancellationToken);
        learnt.Model.Write("Personal.mlmodelc");
        digits.Model = learnt.Model;        // whoever has the service predicts with the new model from now on
    }
}
#endregion
