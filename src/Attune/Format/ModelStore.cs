namespace Attune.Format;
// temporary until Files arrive
internal static class ModelStore { public static ModelDocument Open(string p){ using var s = File.OpenRead(p); return ModelDocument.Read(s);} public static void Save(string p, ModelDocument d, IReadOnlyDictionary<int, ReadOnlyMemory<float>> c){ using var s=File.Create(p); d.Write(s,c);} }
