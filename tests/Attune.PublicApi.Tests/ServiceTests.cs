using Attune.PublicApi.Tests.Snippets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Attune.PublicApi.Tests;

/// <summary>
/// What the documentation shows of services and of observing does what it says. These use the current folder and
/// hear the whole process, so one at a time.
/// </summary>
[Collection(nameof(CurrentFolder))]
public sealed class ServiceTests : IDisposable
{
    private readonly string before = Environment.CurrentDirectory;
    private readonly TemporaryFolder folder = new();

    public ServiceTests()
    {
        File.Copy(UpdatableMNISTDigitClassifier.ModelPath, folder.Place("UpdatableMNISTDigitClassifier.mlmodel"));
        Environment.CurrentDirectory = folder.FullName;
    }

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "Samples", "7_0.png");

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        folder.Dispose();
    }

    [Fact]
    public async Task A_service_reads_and_learns_with_the_model_that_all_share()
    {
        var services = new ServiceCollection();
        Services.Add(services);
        await using ServiceProvider provider = services.BuildServiceProvider();
        Services.Check(provider);
        MLModel shipped = provider.GetRequiredService<UpdatableMNISTDigitClassifier>().Model;
        DigitReader reader = provider.GetRequiredService<DigitReader>();

        string digit = reader.Read(
            MLFeatureValue.FromImageFile(Sample, 28, 28, MLPixelFormat.OneComponent8).ImageBufferValue!);
        await reader.LearnAsync(
            [UpdatableMNISTDigitClassifierTrainingInput.FromImageFile(Sample, digit: "7")], CancellationToken.None);

        Assert.Single(digit);
        Assert.NotSame(shipped, provider.GetRequiredService<UpdatableMNISTDigitClassifier>().Model);
        Assert.True(Directory.Exists("Personal.mlmodelc"));
        Assert.Equal(2, provider.GetRequiredService<MLModel>().Configuration.MaxThreads);
    }

    [Fact]
    public void A_personal_model_stands_beside_the_shipped_one()
    {
        string personal = folder.Place("Personal.mlmodelc");
        new UpdatableMNISTDigitClassifier().Model.Write(personal);
        var services = new ServiceCollection();
        Services.AddSeveral(services.AddSingleton(new PersonalFiles(personal, Threads: 1)));
        using ServiceProvider provider = services.BuildServiceProvider();

        var shipped = provider.GetRequiredKeyedService<UpdatableMNISTDigitClassifier>("shipped");
        var own = provider.GetRequiredKeyedService<UpdatableMNISTDigitClassifier>("personal");

        Assert.NotSame(shipped, own);
        Assert.Equal(1, own.Model.Configuration.MaxThreads);
    }

    [Fact]
    public void A_log_gets_sentences()
    {
        var logger = new Recorder();
        using var log = new AttuneLog(logger);

        MLModel.Load("UpdatableMNISTDigitClassifier.mlmodel");
        Assert.Throws<FileNotFoundException>(() => MLModel.Load("Missing.mlmodel"));

        Assert.StartsWith(
            "Information ModelLoaded: Loaded model 'UpdatableMNISTDigitClassifier' (NeuralNetworkClassifier) in ",
            logger.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "Error ModelNotLoaded: Could not load model 'Missing' from 'Missing.mlmodel': System.IO.FileNotFound",
            logger.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_listener_hears_of_each_activity()
    {
        var lines = new List<string>();
        using var listener = Observability.Listen(lines);

        MLModel model = MLModel.Load("UpdatableMNISTDigitClassifier.mlmodel");
        Assert.Throws<MLFeatureException>(() => model.Prediction(new MLDictionaryFeatureProvider()));

        Assert.Equal(
            [
                "attune.load UpdatableMNISTDigitClassifier Unset",
                "attune.prediction UpdatableMNISTDigitClassifier Error",
            ],
            lines);
    }

    private sealed class Recorder : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {eventId.Name}: {formatter(state, exception)}");
    }
}
