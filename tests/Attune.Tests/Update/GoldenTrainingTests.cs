namespace Attune.Tests.Update;

/// <summary>Whole training runs, step for step as another implementation takes them.</summary>
public class GoldenTrainingTests
{
    // wave(n, step, scale) is TestModels.Wave. float32 through seven steps, sums of at most 36 terms: 1e-5.
    //
    // import torch, torch.nn.functional as F                                             # PyTorch 1.13
    // def wave(n, step, scale): return (torch.arange(n, dtype=torch.float64) * step).sin() * scale
    // def p(n, step, scale, *shape): return wave(n, step, scale).reshape(shape).float().requires_grad_()
    // w1, b1 = p(2*1*3*3, 0.7, 0.5, 2, 1, 3, 3), p(2, 1.3, 0.1, 2)
    // w2, b2 = p(3*8, 0.9, 0.4, 3, 8), p(3, 1.7, 0.1, 3)
    // x = wave(5*36, 0.37, 1).reshape(5, 1, 6, 6).float()
    // t = torch.tensor([0, 2, 1, 1, 0])
    // opt = torch.optim.SGD([w1, b1, w2, b2], lr=0.1, momentum=0.9)
    // for epoch in range(3):
    //     total = 0.0
    //     for start in range(0, 5, 2):
    //         xb, tb = x[start:start+2], t[start:start+2]
    //         h = F.max_pool2d(F.relu(F.conv2d(xb, w1, b1)), 2)
    //         loss = F.cross_entropy(F.linear(h.flatten(1), w2, b2), tb)
    //         opt.zero_grad(); loss.backward(); opt.step()
    //         total += loss.item() * len(tb)
    //     print(total / 5)
    // print(w1, b1, w2, b2)
    [Fact]
    public async Task A_convolutional_classifier_trains_as_in_PyTorch()
    {
        (double[] losses, MLModel model) = await Train(TestModels.SmallClassifier(), TestModels.ClassifierSamples());

        Close([1.3422093f, 0.8305549f, 0.3880790f], losses);
        Close(
            [
                -0.0132527f, 0.2483054f, 0.3683597f, 0.3042600f, 0.0897329f, -0.1930447f, -0.2685622f, -0.3234015f,
                -0.1699237f,
                0.0268134f, 0.3816563f, 0.5748084f, 0.4954773f, 0.1960461f, -0.1833633f, -0.5406885f, -0.5868806f,
                -0.3896432f,
            ],
            TestModels.Numbers(model, "conv", MLParameterKey.Weights));
        Close([-0.3822132f, -0.0958683f], TestModels.Numbers(model, "conv", MLParameterKey.Biases));
        Close(
            [
                0.6105007f, 1.0697742f, 0.2054777f, -0.5407772f, 0.4886314f, 0.3397563f, -0.5124426f, -0.6210071f,
                -0.4922117f, 0.1543200f, 0.7189510f, 0.1496084f, -1.2089739f, -0.4050819f, 0.5243424f, 0.5366271f,
                0.5854414f, -0.3641110f, -0.5590110f, -0.0145196f, -0.1494351f, -0.6103107f, 0.0179133f, 0.7970805f,
            ],
            TestModels.Numbers(model, "dense", MLParameterKey.Weights));
        Close([-0.0391948f, 0.2131459f, -0.1003386f], TestModels.Numbers(model, "dense", MLParameterKey.Biases));
    }

    // PyTorch's own Adam is the textbook's; both forms are written out, with eps as large as 0.1 so that they differ.
    //
    // import math, torch                                                                 # PyTorch 1.13; wave and p as
    // above for textbook in (False, True):
    //     w1, b1 = p(4*3, 0.7, 0.5, 4, 3), p(4, 1.3, 0.1, 4)
    //     w2, b2 = p(2*4, 0.9, 0.4, 2, 4), p(2, 1.7, 0.1, 2)
    //     ps = [w1, b1, w2, b2]; ms = [torch.zeros_like(q) for q in ps]; vs = [torch.zeros_like(q) for q in ps]
    //     x = wave(5*3, 0.37, 1).reshape(5, 3).float(); y = wave(5*2, 0.53, 1).reshape(5, 2).float()
    //     lr, be1, be2, eps, step = 0.05, 0.8, 0.95, 0.1, 0
    //     for epoch in range(3):
    //         total = 0.0
    //         for start in range(0, 5, 2):
    //             xb, yb = x[start:start+2], y[start:start+2]
    //             loss = ((torch.sigmoid(xb @ w1.T + b1) @ w2.T + b2 - yb) ** 2).mean()
    //             gs = torch.autograd.grad(loss, ps); step += 1
    //             fix = math.sqrt(1 - be2 ** step); rate = lr * fix / (1 - be1 ** step)
    //             with torch.no_grad():
    //                 for q, g, m, v in zip(ps, gs, ms, vs):
    //                     m.mul_(be1).add_(g, alpha=1 - be1); v.mul_(be2).addcmul_(g, g, value=1 - be2)
    //                     q -= rate * m / (v.sqrt() + (eps * fix if textbook else eps))
    //             total += loss.item() * len(xb)
    //         print(total / 5)
    //     print(w1, b1, w2, b2)
    [Fact]
    public async Task A_regressor_trains_by_Core_MLs_form_of_Adam()
    {
        (double[] losses, MLModel model) = await Train(TestModels.SmallRegressor(), TestModels.RegressorSamples());

        Close([0.6426548f, 0.5268833f, 0.4733872f], losses);
        Close(
            [
                -0.0273601f, 0.2911662f, 0.4621534f, 0.4220609f, 0.1472726f, -0.2031760f,
                -0.4288193f, -0.4939662f, -0.3272480f, 0.0535718f, 0.3743185f, 0.5351866f,
            ],
            TestModels.Numbers(model, "hidden", MLParameterKey.Weights));
        Close(
            [-0.0154135f, 0.0280989f, -0.0077429f, -0.0865398f],
            TestModels.Numbers(model, "hidden", MLParameterKey.Biases));
        Close(
            [-0.0574881f, 0.2307802f, 0.2223033f, 0.1225856f, -0.0300150f, -0.2743440f, -0.3323580f, 0.1587128f],
            TestModels.Numbers(model, "out", MLParameterKey.Weights));
        Close([-0.1365603f, 0.2033482f], TestModels.Numbers(model, "out", MLParameterKey.Biases));
    }

    [Fact]
    public async Task The_textbooks_form_of_Adam_is_an_option()
    {
        var configuration = new MLModelConfiguration { UpdateOptions = new MLUpdateOptions { TextbookAdam = true } };

        (double[] losses, MLModel model) =
            await Train(TestModels.SmallRegressor(), TestModels.RegressorSamples(), configuration);

        Close([0.6478930f, 0.4980564f, 0.4490336f], losses);
        Close([-0.1482175f, 0.2047543f], TestModels.Numbers(model, "out", MLParameterKey.Biases));
    }

    [Fact]
    public async Task One_step_of_mean_squared_error_has_the_factor_two()
    {
        // y = 2x + 1 at x = 1 and 3: 3 and 7; wanted 2 and 9; differences 1 and -2; loss (1 + 4)/2.
        // dw = 2·(1·1 + -2·3)/2 = -5, db = 2·(1 - 2)/2 = -1; lr 0.1: w = 2.5, b = 1.1
        (double[] losses, MLModel model) = await Train(TestModels.Line(), TestModels.LineSamples((1, 2), (3, 9)));

        Close([2.5f], losses);
        Close([2.5f], TestModels.Numbers(model, "line", MLParameterKey.Weights));
        Close([1.1f], TestModels.Numbers(model, "line", MLParameterKey.Biases));
    }

    [Fact]
    public async Task The_last_mini_batch_counts_the_samples_that_it_has()
    {
        // First as above: w = 2.5, b = 1.1. Then x = 2 alone: 6.1, wanted 6; difference 0.1; loss 0.01.
        // dw = 2·0.1·2/1 = 0.4, db = 0.2; w = 2.46, b = 1.08. Epoch: (2·2.5 + 1·0.01)/3
        (double[] losses, MLModel model) =
            await Train(TestModels.Line(), TestModels.LineSamples((1, 2), (3, 9), (2, 6)));

        Close([1.67f], losses);
        Close([2.46f], TestModels.Numbers(model, "line", MLParameterKey.Weights));
        Close([1.08f], TestModels.Numbers(model, "line", MLParameterKey.Biases));
    }

    private static async Task<(double[] Losses, MLModel Model)> Train(
        Attune.Format.Specification.Model specification, IMLBatchProvider samples,
        MLModelConfiguration? configuration = null)
    {
        var losses = new List<double>();
        var handlers = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.EpochEnd,
            context => losses.Add((double)context.Metrics[MLMetricKey.LossValue]),
            static _ => { });
        var task = new MLUpdateTask(TestModels.Load(specification), samples, configuration, handlers);
        MLUpdateContext context = await task.RunAsync();
        return ([.. losses], context.Model);
    }

    private static void Close(float[] expected, IReadOnlyList<double> actual) =>
        Close(expected, [.. actual.Select(number => (float)number)]);

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-5f * Math.Max(1, Math.Abs(expected[i])),
                $"Number {i} is {actual[i]}; expected {expected[i]}.");
    }
}
