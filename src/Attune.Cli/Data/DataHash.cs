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
    /// <returns>A hash of the contents and, in a folder, of the names, which hold the labels.</returns>
    public static string Of(string data, Samples samples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bool isFile = File.Exists(data);
        foreach (string path in isFile ? [data] : samples.Names)
        {
            if (!isFile)
                hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(data, path).Replace('\\', '/') + '\n'));
            using FileStream file = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(file));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }
}
