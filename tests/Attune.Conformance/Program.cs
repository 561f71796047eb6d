using System.CommandLine;
using Attune.Conformance;

var folder =
    new Argument<DirectoryInfo>("folder") { Description = "Holds suites of cases, as folders or as .tar.gz archives." };
var suite = new Option<string?>("--suite") { Description = "Runs this suite only." };
var filter =
    new Option<string?>("--filter") { Description = "Runs cases only whose name or layers contain this text." };
var json = new Option<FileInfo?>("--json") { Description = "Writes the counts and failures to this file, too." };

var verdicts = new Option<bool>("--verdicts")
{
    Description = "Instead of running the models, compares what Core ML's validator says of each with what ours says.",
};

var command = new RootCommand(
    "Runs conformance cases, and says which pass and why the others do not. The exit code is 1 if a case "
    + "fails that is not on the list of known differences.")
{
    folder, suite, filter, json, verdicts,
};
command.SetAction(arguments =>
{
    DirectoryInfo place = arguments.GetRequiredValue(folder);
    if (!place.Exists)
    {
        Console.Error.WriteLine($"There is no folder '{place.FullName}'.");
        return 1;
    }
    var report = new Report(KnownDifferences.Committed());
    foreach (ConformanceCase found in CaseSource.Find(place.FullName, arguments.GetValue(suite)))
        if (arguments.GetValue(filter) is not { } text || Matches(found, text))
            Run(found, arguments.GetValue(verdicts), report);

    ReportText.Write(report, Console.Out);
    if (arguments.GetValue(json) is { } file)
        ReportJson.Write(report, file.FullName);
    return report.Total.Unexpected == 0 ? 0 : 1;
});
return command.Parse(args).Invoke();

static void Run(ConformanceCase found, bool onlyVerdict, Report report)
{
    CaseResult? result = onlyVerdict ? ValidationRunner.RunVerdict(found) : CaseRunner.Run(found);
    if (result is not null)
        report.Add(result);
}

static bool Matches(ConformanceCase found, string text) =>
    found.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
    || found.Operations.Any(operation => operation.Contains(text, StringComparison.OrdinalIgnoreCase));
