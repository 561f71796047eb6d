using Microsoft.Extensions.DependencyInjection;

namespace Attune.DependencyInjection.Tests;

public sealed class AddMLModelTests
{
    [Fact]
    public void A_typed_model_comes_from_where_the_build_has_put_it()
    {
        using ServiceProvider services = Provider(services => services.AddMLModel<Digits>());

        Digits digits = services.GetRequiredService<Digits>();

        Assert.True(digits.Model.ModelDescription.IsUpdatable);
        Assert.Equal(10, digits.Prediction(new MLPixelBuffer(28, 28, MLPixelFormat.OneComponent8))
            .DigitProbabilities.Count);
    }

    [Fact]
    public void Everybody_gets_the_same_model_which_is_loaded_once()
    {
        int loads = 0;
        using ServiceProvider services = Provider(
            services => services.AddMLModel<Digits>(_ => Interlocked.Increment(ref loads)));
        var seen = new Digits[16];

        Parallel.For(0, seen.Length, i =>
        {
            using IServiceScope request = services.CreateScope();
            seen[i] = request.ServiceProvider.GetRequiredService<Digits>();
        });

        Assert.Equal(1, loads);
        Assert.Single(seen.Distinct());
    }

    [Fact]
    public void Nothing_is_loaded_before_it_is_asked_for()
    {
        using ServiceProvider services = Provider(services => services.AddMLModel("Missing.mlmodel"));

        Assert.Throws<InvalidOperationException>(services.GetRequiredService<MLModel>);
    }

    [Fact]
    public void A_model_that_is_replaced_serves_everybody_who_has_it()
    {
        using ServiceProvider services = Provider(services => services.AddMLModel<Digits>());
        Digits before = services.GetRequiredService<Digits>();
        MLModel other = MLModel.Load(Digits.ModelPath);

        before.Model = other;

        Assert.Same(other, services.GetRequiredService<Digits>().Model);
    }

    [Fact]
    public void A_configuration_is_what_the_model_is_loaded_with()
    {
        using ServiceProvider services = Provider(services => services
            .AddMLModel<Digits>(configuration => configuration.MaxThreads = 1)
            .AddMLModel(Digits.ModelPath, configuration => configuration.MaxThreads = 2));

        Assert.Equal(1, services.GetRequiredService<Digits>().Model.Configuration.MaxThreads);
        Assert.Equal(2, services.GetRequiredService<MLModel>().Configuration.MaxThreads);
    }

    [Fact]
    public void A_configuration_and_a_path_may_take_other_services()
    {
        using ServiceProvider services = Provider(services => services
            .AddSingleton(new Settings(Digits.ModelPath, Threads: 3))
            .AddMLModel<Digits>((provider, model) => provider.GetRequiredService<Settings>().Apply(model))
            .AddMLModel(
                provider => provider.GetRequiredService<Settings>().Path,
                (provider, model) => provider.GetRequiredService<Settings>().Apply(model))
            .AddKeyedMLModel<Digits>(
                "personal",
                provider => provider.GetRequiredService<Settings>().Path,
                (provider, model) => provider.GetRequiredService<Settings>().Apply(model)));

        Assert.Equal(3, services.GetRequiredService<Digits>().Model.Configuration.MaxThreads);
        Assert.Equal(3, services.GetRequiredService<MLModel>().Configuration.MaxThreads);
        Assert.Equal(3, services.GetRequiredKeyedService<Digits>("personal").Model.Configuration.MaxThreads);
    }

    [Fact]
    public void Models_of_several_keys_are_several_models()
    {
        using ServiceProvider services = Provider(services => services
            .AddKeyedMLModel<Digits>("slow", model => model.MaxThreads = 1)
            .AddKeyedMLModel<Digits>("fast", (_, model) => model.MaxThreads = 2)
            .AddKeyedMLModel("plain", Digits.ModelPath, model => model.MaxThreads = 3)
            .AddKeyedMLModel("late", _ => Digits.ModelPath, (_, model) => model.MaxThreads = 4));

        Assert.Equal(1, services.GetRequiredKeyedService<Digits>("slow").Model.Configuration.MaxThreads);
        Assert.Equal(2, services.GetRequiredKeyedService<Digits>("fast").Model.Configuration.MaxThreads);
        Assert.Equal(3, services.GetRequiredKeyedService<MLModel>("plain").Configuration.MaxThreads);
        Assert.Equal(4, services.GetRequiredKeyedService<MLModel>("late").Configuration.MaxThreads);
        Assert.Same(
            services.GetRequiredKeyedService<Digits>("slow"), services.GetRequiredKeyedService<Digits>("slow"));
        Assert.Null(services.GetService<Digits>());
    }

    [Fact]
    public void Of_two_registrations_the_later_counts()
    {
        using ServiceProvider services = Provider(services => services
            .AddMLModel<Digits>(model => model.MaxThreads = 1)
            .AddMLModel<Digits>(model => model.MaxThreads = 2));

        Assert.Equal(2, services.GetRequiredService<Digits>().Model.Configuration.MaxThreads);
    }

    [Fact]
    public void A_failure_names_the_service_and_the_file_and_has_its_reason()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Missing.mlmodel");
        using ServiceProvider services = Provider(services => services.AddMLModel<Digits>(_ => path));

        var error = Assert.Throws<InvalidOperationException>(services.GetRequiredService<Digits>);

        Assert.Equal(
            $"The service Digits takes a model from '{path}', which could not be loaded. "
            + $"There is no model at '{path}': the file does not exist.",
            error.Message);
        Assert.IsType<FileNotFoundException>(error.InnerException);
    }

    [Fact]
    public void A_model_that_comes_later_is_loaded_at_the_next_attempt()
    {
        string path = Path.Combine(Path.GetTempPath(), $"attune-{Guid.NewGuid():N}.mlmodel");
        using ServiceProvider services = Provider(services => services.AddMLModel(path));
        Assert.Throws<InvalidOperationException>(services.GetRequiredService<MLModel>);
        File.Copy(Digits.ModelPath, path);
        try
        {
            Assert.NotNull(services.GetRequiredService<MLModel>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_missing_is_refused_when_it_is_registered()
    {
        var services = new ServiceCollection();

        Assert.Throws<ArgumentException>(() => services.AddMLModel(""));
        Assert.Throws<ArgumentException>(() => services.AddKeyedMLModel("key", ""));
        Assert.Throws<ArgumentNullException>(() => services.AddMLModel((Func<IServiceProvider, string>)null!));
        Assert.Throws<ArgumentNullException>(
            () => services.AddMLModel<Digits>((Action<IServiceProvider, MLModelConfiguration>)null!));
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddMLModel<Digits>());
        Assert.Empty(services);
    }

    private static ServiceProvider Provider(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        return services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private sealed record Settings(string Path, int Threads)
    {
        public void Apply(MLModelConfiguration configuration) => configuration.MaxThreads = Threads;
    }
}
