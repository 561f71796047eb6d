using Attune.Format.Specification;

namespace Attune.Tests.Models;

public sealed class SupportVectorModelTests
{
    /// <summary>x = (1, 2), vectors (3, 0) and (0, −1): products 3 and −2, distances 4 + 4 and 1 + 9.</summary>
    public static TheoryData<string, double> Kernels => new()
    {
        { """{ "linearKernel": {} }""", 2 * 3 - 1 * -2 - 0.5 },
        { """{ "rbfKernel": { "gamma": 0.1 } }""", 2 * Math.Exp(-0.8) - Math.Exp(-1) - 0.5 },
        { """{ "polyKernel": { "degree": 3, "c": 1, "gamma": 0.5 } }""", 2 * 15.625 - 0 - 0.5 }, // 2.5³, 0³
        { """{ "polyKernel": { "degree": 0, "c": 1, "gamma": 0.5 } }""", 2 * 1 - 1 - 0.5 },
        { """{ "sigmoidKernel": { "gamma": 0.5, "c": 1 } }""", 2 * Math.Tanh(2.5) - Math.Tanh(0) - 0.5 },
    };

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_regressor_adds_kernels_of_dense_and_of_sparse_vectors(string kernel, double expected)
    {
        SupportVectorRegressor dense = Regressor(kernel);
        dense.DenseSupportVectors = new()
        {
            Vectors = { new DenseVector { Values = { 3, 0 } }, new DenseVector { Values = { 0, -1 } } },
        };
        SupportVectorRegressor sparse = Regressor(kernel);
        sparse.SparseSupportVectors = new() { Vectors = { Sparse((1, 3)), Sparse((2, -1)) } };

        foreach (SupportVectorRegressor regressor in new[] { dense, sparse })
            Assert.Equal(expected, TabularModels.Number(Model(regressor), 1, 2), 1e-14);
    }

    [Fact]
    public void Elements_of_a_sparse_vector_may_stand_in_any_order()
    {
        SupportVectorRegressor regressor = Regressor("""{ "rbfKernel": { "gamma": 0.1 } }""");
        regressor.SparseSupportVectors = new() { Vectors = { Sparse((2, 2), (1, 1)), Sparse() } };

        Assert.Equal(2 - Math.Exp(-0.5) - 0.5, TabularModels.Number(Model(regressor), 1, 2), 1e-14); // distances 0, 5
    }

    [Fact]
    public void Each_two_classes_have_a_machine_and_each_machine_a_vote()
    {
        // One vector per class: 1, 2 and 3 on a line; K = x·v. For x = 1 the kernels are 1, 2, 3.
        // Machine (a, b): row 0, 2·1 + (−1)·2 − 0 = 0: not positive, so b.
        // Machine (a, c): a's vector in row 1, c's in row 0: 5·1 + (−1)·3 − 1 = 1: a.
        // Machine (b, c): b's in row 1, c's in row 1: 1·2 + 1·3 − 4 = 1: b.
        SupportVectorClassifier classifier = Classifier(
            [[2, -1, -1], [5, 1, 1]], [0, 1, 4], "a", "b", "c");

        (object label, _) = TabularModels.Classify(Model(classifier, probabilities: false), [1.0]);

        Assert.Equal("b", label);
        classifier.Rho[0] = -1; // now (a, b) is 1: a has two votes
        Assert.Equal("a", TabularModels.Classify(Model(classifier, probabilities: false), [1.0]).Label);
        classifier.Rho[2] = 9; // (b, c) is −4: c
        classifier.Rho[1] = 9; // (a, c) is −7: c
        Assert.Equal("c", TabularModels.Classify(Model(classifier, probabilities: false), [1.0]).Label);
    }

    [Fact]
    public void Platts_sigmoid_makes_probabilities_of_two_classes()
    {
        // Kernels of x = 1 are 1 and 2: the decision is 3·1 − 0.5·2 = 2; A·d + B = −1·2 + 0.5 = −1.5.
        SupportVectorClassifier classifier = Classifier([[3, -0.5]], [0], "a", "b");
        classifier.ProbA.Add(-1);
        classifier.ProbB.Add(0.5);

        (object label, double[] probabilities) = TabularModels.Classify(Model(classifier), [1.0], "a", "b");

        Assert.Equal("a", label);
        TabularModels.Near([0.8175744761936437, 0.1824255238063563], probabilities, 5e-3); // 1 / (1 + e^−1.5)
        Assert.Equal(1, probabilities.Sum(), 1e-12);
        classifier.ProbB[0] = 2; // A·d + B = 0: the iteration ends where it begins
        TabularModels.Near([0.5, 0.5], TabularModels.Classify(Model(classifier), [1.0], "a", "b").Probabilities);
    }

    [Fact]
    public void A_model_from_libsvm_itself_has_the_probability_of_its_one_pair()
    {
        SupportVectorClassifier classifier = Classifier([[3, -0.5]], [0], "a", "b"); // decision 2
        classifier.ProbA.Add(-1);
        classifier.ProbB.Add(1.98);
        Model model = Model(classifier);
        model.Description.Metadata = new()
        {
            UserDefined = { ["com.github.apple.coremltools.source"] = "libsvm==3.24" },
        };

        TabularModels.Near(
            [1 / (1 + Math.Exp(-0.02)), 1 / (1 + Math.Exp(0.02))],
            TabularModels.Classify(model, [1.0], "a", "b").Probabilities);
        model.Description.Metadata.UserDefined.Clear();
        TabularModels.Near([0.5, 0.5], TabularModels.Classify(model, [1.0], "a", "b").Probabilities);
    }

    // Wu, Lin and Weng: minimise pᵀQp over p of sum 1; the condition of Lagrange is a system of linear equations.
    [Fact]
    public void Coupling_finds_the_probabilities_that_fit_all_pairs_best()
    {
        double[] pairs = [1 / (1 + Math.Exp(-1.2 + 0.1)), 1 / (1 + Math.Exp(0.45)), 1 / (1 + Math.Exp(-0.32 - 0.2))];
        double[] exact = LeastSquares(pairs);
        // Kernels of x = 1 are 1, 2, 3; the decisions become 1.2, −0.3 and 0.4.
        SupportVectorClassifier classifier = Classifier([[1.2, 0, 0], [-0.3, 0.2, 0]], [0, 0, 0], "a", "b", "c");
        classifier.ProbA.Add([-1, -1.5, -0.8]);
        classifier.ProbB.Add([0.1, 0, -0.2]);

        double[] probabilities = TabularModels.Classify(Model(classifier), [1.0], "a", "b", "c").Probabilities;

        TabularModels.Near(exact, probabilities, 5e-3); // the iteration stops at 0.005 / classes
        Assert.Equal(1, probabilities.Sum(), 1e-12);
    }

    [Fact]
    public void What_does_not_fit_is_refused_at_loading()
    {
        SupportVectorRegressor noKernel = Regressor("{}");
        Assert.Equal("kernel", TabularModels.Refusal(Model(noKernel)).Location);

        SupportVectorRegressor uneven = Regressor("""{ "linearKernel": {} }""");
        uneven.DenseSupportVectors = new()
        {
            Vectors = { new DenseVector { Values = { 3, 0 } }, new DenseVector { Values = { 0 } } },
        };
        Assert.Equal("denseSupportVectors[1]", TabularModels.Refusal(Model(uneven)).Location);

        foreach (SparseVector vector in new[] { Sparse((0, 1)), Sparse((-5, 1)), Sparse((2, 1), (2, 1)) })
        {
            SupportVectorRegressor wrong = Regressor("""{ "linearKernel": {} }""");
            wrong.SparseSupportVectors = new() { Vectors = { vector, Sparse() } };
            Assert.Equal("sparseSupportVectors[0]", TabularModels.Refusal(Model(wrong)).Location);
        }

        SupportVectorRegressor far = Regressor("""{ "linearKernel": {} }""");
        far.SparseSupportVectors = new() { Vectors = { Sparse((int.MaxValue, 1)), Sparse() } };
        Assert.Contains("2147483647", TabularModels.Refusal(Model(far)).Message);

        SupportVectorRegressor few = Regressor("""{ "linearKernel": {} }""");
        few.SparseSupportVectors = new() { Vectors = { Sparse() } };
        Assert.Equal("coefficients", TabularModels.Refusal(Model(few)).Location);
    }

    [Fact]
    public void Counts_of_a_classifier_that_do_not_fit_are_refused_at_loading()
    {
        foreach ((Action<SupportVectorClassifier> spoil, string location) in
            new (Action<SupportVectorClassifier>, string)[]
            {
                (classifier => classifier.NumberOfSupportVectorsPerClass[0] = -1, "numberOfSupportVectorsPerClass"),
                (classifier => classifier.NumberOfSupportVectorsPerClass[0] = int.MaxValue,
                    "numberOfSupportVectorsPerClass"),
                (classifier => classifier.NumberOfSupportVectorsPerClass[1] = 0, "numberOfSupportVectorsPerClass"),
                (classifier => classifier.Coefficients.RemoveAt(1), "coefficients"),
                (classifier => classifier.Coefficients[1].Alpha.Add(1), "coefficients"),
                (classifier => classifier.Rho.Add(1), "rho"),
                (classifier => classifier.ProbA.Add([1, 2, 3]), "probA"),
                (classifier => classifier.StringClassLabels.Vector.Clear(), "classLabels"),
                (classifier => classifier.StringClassLabels.Vector[1] = "a", "classLabels"),
            })
        {
            SupportVectorClassifier classifier = Classifier([[2, -1, -1], [5, 1, 1]], [0, 1, 4], "a", "b", "c");
            spoil(classifier);
            Assert.Equal(location, TabularModels.Refusal(Model(classifier, probabilities: false)).Location);
        }
        Assert.Equal("probA", TabularModels.Refusal(
            Model(Classifier([[2, -1, -1], [5, 1, 1]], [0, 1, 4], "a", "b", "c"))).Location);
    }

    private static double[] LeastSquares(double[] pairs)
    {
        double[,] r = { { 0, pairs[0], pairs[1] }, { 1 - pairs[0], 0, pairs[2] }, { 1 - pairs[1], 1 - pairs[2], 0 } };
        var system = new double[4, 5];
        for (int t = 0; t < 3; t++)
        {
            for (int j = 0; j < 3; j++)
                if (j != t)
                {
                    system[t, t] += r[j, t] * r[j, t];
                    system[t, j] = -r[j, t] * r[t, j];
                }
            system[t, 3] = system[3, t] = 1;
        }
        system[3, 4] = 1;
        for (int pivot = 0; pivot < 4; pivot++)
            for (int row = 0; row < 4; row++)
            {
                double factor = row == pivot ? 0 : system[row, pivot] / system[pivot, pivot];
                for (int column = pivot; column < 5; column++)
                    system[row, column] -= factor * system[pivot, column];
            }
        return [.. Enumerable.Range(0, 3).Select(t => system[t, 4] / system[t, t])];
    }

    private static SupportVectorRegressor Regressor(string kernel) => new()
    {
        Kernel = Kernel.Parser.ParseJson(kernel), Coefficients = new() { Alpha = { 2, -1 } }, Rho = 0.5,
    };

    private static SupportVectorClassifier Classifier(double[][] coefficients, double[] rho, params string[] labels)
    {
        var classifier = new SupportVectorClassifier
        {
            Kernel = new() { LinearKernel = new() }, Rho = { rho }, SparseSupportVectors = new(),
            StringClassLabels = new StringVector { Vector = { labels } },
        };
        for (int i = 0; i < labels.Length; i++)
        {
            classifier.NumberOfSupportVectorsPerClass.Add(1);
            classifier.SparseSupportVectors.Vectors.Add(Sparse((1, i + 1)));
        }
        foreach (double[] row in coefficients)
            classifier.Coefficients.Add(new Coefficients { Alpha = { row } });
        return classifier;
    }

    private static SparseVector Sparse(params (int Index, double Value)[] elements) => new()
    {
        Nodes = { elements.Select(element => new SparseNode { Index = element.Index, Value = element.Value }) },
    };

    private static Model Model(SupportVectorRegressor regressor) =>
        TabularModels.Numbers(model => model.SupportVectorRegressor = regressor, inputs: 2);

    private static Model Model(SupportVectorClassifier classifier, bool probabilities = true) =>
        TabularModels.Classifier(model => model.SupportVectorClassifier = classifier, 1, probabilities);
}
