using System.Security.Cryptography;
using System.Text;

namespace Attune.Cli.Data;

/// <summary>Tells samples from others, wherever their files lie: a checkpoint goes on with the same ones only.
/// </summary>
internal static class DataHash
{
    // Enough that nobody meets two of one hash, and few enough to be shown.
    private const int Digits = 16;

    /// <param name="data">A folder of images, or a file.</param>
    /// <param name="samples">What was read from there.</param>
    /// <returns>A hash of the contents, with the images that a file names, and in a folder of the names, which hold the
    /// labels.</returns>
    public static string Of(string data, Samples samples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (File.Exists(data))
        {
            AppendFile(hash, data);
            AppendImages(hash, samples.Batch);
        }
        else
        {
            foreach (string path in samples.Names)
            {
                AppendText(hash, Path.GetRelativePath(data, path).Replace('\\', '/') + '\n');
                AppendFile(hash, path);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }

    private static void AppendFile(IncrementalHash hash, string path)
    {
        using FileStream file = File.OpenRead(path);
        hash.AppendData(SHA256.HashData(file));
    }

    // Of these the file has the paths alone. The samples of a file are in memory: no image is read again.
    private static void AppendImages(IncrementalHash hash, IMLBatchProvider samples)
    {
        for (int sample = 0; sample < samples.Count; sample++)
        {
            IMLFeatureProvider features = samples.GetFeatures(sample);
            foreach (string name in features.FeatureNames.Order(StringComparer.Ordinal))
            {
                if (features.GetFeatureValue(name)?.ImageBufferValue is not { } image)
                    continue;
                AppendText(hash, $"{sample} {name} {image}\n");
                for (int y = 0; y < image.Height; y++)
                    hash.AppendData(image.GetRow(y));
            }
        }
    }

    private static void AppendText(IncrementalHash hash, string text) =>
        hash.AppendData(Encoding.UTF8.GetBytes(text));
}
