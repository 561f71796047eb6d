namespace DigitPersonalization;

/// <summary>
/// One line per epoch: a bar, the loss, the accuracy. On a terminal the line is drawn over the one before.
/// </summary>
internal static class ProgressBar
{
    private const int Width = 30;

    public static void Show(long epoch, long epochs, double loss, double accuracy)
    {
        int done = (int)(Width * epoch / epochs);
        string line = $"[{new string('#', done)}{new string('.', Width - done)}] epoch {epoch,2} of {epochs}  " +
            $"loss {loss:F4}  accuracy {accuracy:P1}";
        if (Console.IsOutputRedirected)
            Console.WriteLine(line);
        else
            Console.Write($"\r{line}{(epoch == epochs ? Environment.NewLine : "")}");
    }
}
