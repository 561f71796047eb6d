using System.Security.Cryptography;
using DigitPersonalization.Data;

// Makes the digits that the sample DigitPersonalization learns from and is measured with.
// The base model sees MNIST's training set only; everything here comes from its test set.
const int SamplesPerLabel = 10;
const int TestDigits = 2_000;
const double Degrees = 35;

if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("Usage: DigitPersonalization.Data <folder with MNIST's IDX files> [output folder]");
    return 1;
}

string source = args[0];
string output = args.Length == 2 ? args[1] : Path.Combine("samples", "DigitPersonalization");
string samplesFolder = Directory.CreateDirectory(Path.Combine(output, "Samples")).FullName;
string dataFolder = Directory.CreateDirectory(Path.Combine(output, "Data")).FullName;

DigitSet mnist = DigitSet.Read(Path.Combine(source, "t10k"));
var (samples, others) = mnist.TakeOfEachLabel(SamplesPerLabel);
DigitSet turnedSamples = samples.Turned(Degrees);
DigitSet upright = others.First(TestDigits);
DigitSet turned = upright.Turned(Degrees);

var next = new int[10];
for (int i = 0; i < turnedSamples.Count; i++)
{
    int label = turnedSamples.Labels[i];
    string name = $"{label}_{next[label]++}.png";
    GrayPng.Write(Path.Combine(samplesFolder, name), turnedSamples.Image(i), DigitSet.Side, DigitSet.Side);
}

upright.Write(Path.Combine(dataFolder, "upright"));
turned.Write(Path.Combine(dataFolder, "turned"));

// Of the values, not of the files: another version of the compressor may pack the same values differently.
PrintChecksum("turned samples, pixels", turnedSamples.Pixels);
PrintChecksum("turned test, pixels", turned.Pixels);
PrintChecksum("turned test, labels", turned.Labels);
PrintChecksum("upright test, pixels", upright.Pixels);
PrintChecksum("upright test, labels", upright.Labels);
return 0;

static void PrintChecksum(string what, byte[] values) =>
    Console.WriteLine($"{what,-24}{Convert.ToHexStringLower(SHA256.HashData(values))}");
