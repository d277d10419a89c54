using System.Globalization;
using System.Runtime.InteropServices;
using NinjaIam.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [CeilingServer.Command, var token])
{
    return await CeilingServer.RunAsync(token);
}

if (!Options.TryParse(args, out var options, out var problem))
{
    await Console.Error.WriteLineAsync($"{problem}\n\n{Options.Help}\n\n{ListOfWorks()}");
    return 2;
}

if (options.List)
{
    Console.WriteLine(ListOfWorks());
    return 0;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var root = Root();
var temporary = Directory.CreateTempSubdirectory("ninjaiam-bench-").FullName;
try
{
    return await RunAsync();
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 130;
}
catch (WorkFailedException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
finally
{
    Directory.Delete(temporary, recursive: true);
}

async Task<int> RunAsync()
{
    var loadBefore = Machine.LoadAverage();
    await Console.Error.WriteLineAsync("Publishing the portal ...");
    var published = Path.Combine(temporary, "portal");
    string[] publish = ["publish", Path.Combine(root, "NinjaIam.Web"), "-c", "Release", "-o", published, "--nologo", "-v", "quiet"];

    // Nothing that the build leaves running may share the processors with what is measured.
    string[] alone = ["-nodeReuse:false", "-p:UseSharedCompilation=false"];
    string[] asShipped = ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishReadyToRun=true"];
    await Child.OutputOfAsync("dotnet", [.. publish, .. asShipped, .. alone], stop.Token);
    var (server, ceiling) = await CeilingServer.StartAsync(stop.Token);
    await using var _ = server;
    var cache = options.Cache ?? Path.Combine(root, "artifacts", "bench");
    var works = new Works(options, Path.Combine(published, "NinjaIam.Web"), cache, temporary, ceiling, stop.Token);
    await works.RunAsync();

    var machine = await Machine.DescribeAsync(root, loadBefore, stop.Token);
    Console.WriteLine($"\n{machine}\n{Report.Table(works.Figures)}");
    if (!options.NoWrite && options.IsWhole)
    {
        // Where the filled directories lie makes no difference to the figures.
        var others = args.Where((arg, at) => arg != "--cache" && args.ElementAtOrDefault(at - 1) != "--cache").ToList();
        var more = others.Count == 0 ? "" : " -- " + string.Join(' ', others);
        var page = Report.Page(works.Figures, machine, $"dotnet run -c Release --project bench{more}");
        await File.WriteAllTextAsync(Path.Combine(root, "docs", "performance.md"), page.TrimEnd() + "\n", stop.Token);
    }

    return works.Figures.Any(figure => figure.Failed) ? 1 : 0;
}

void Stop(PosixSignalContext signal)
{
    // The children are ended first.
    signal.Cancel = true;
    stop.Cancel();
}

static string ListOfWorks() => string.Join('\n', Works.Names.Select(work => $"  {work.Key, -20} {work.Value}"));

static string Root()
{
    for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
    {
        if (File.Exists(Path.Combine(directory.FullName, "NinjaIam.sln")))
        {
            return directory.FullName;
        }
    }

    throw new InvalidOperationException("Run it from within the repository.");
}
