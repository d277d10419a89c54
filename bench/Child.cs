using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NinjaIam.Bench;

/// <summary>A process that was started here and ends with the run.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const int KeptLines = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly Task _errors;
    private Task _output = Task.CompletedTask;

    private Child(Process process)
    {
        _process = process;
        _errors = DrainAsync(process.StandardError);
    }

    /// <summary>What a token may ask of the portals that are measured.</summary>
    public const int RequestsPerSecond = 1_000_000;

    public static Child Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        // As fast as it can: what a token may ask by default is less.
        start.Environment["Scim__Limits__PerSecond"] = $"{RequestsPerSecond}";
        start.Environment["Scim__Limits__Burst"] = $"{RequestsPerSecond}";
        return new Child(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end and answers what it printed.</summary>
    public static async Task<string> OutputOfAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestRun);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output.Trim() : throw new WorkFailedException($"{program} failed:\n{output}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>What follows each of the prefixes, which are printed in this order.</summary>
    public async Task<string[]> ReadAsync(string[] prefixes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var found = new List<string>();
        while (found.Count < prefixes.Length)
        {
            var line =
                await _process.StandardOutput.ReadLineAsync(limit.Token)
                ?? throw new WorkFailedException($"{_process.StartInfo.FileName} ended:\n{LastLines()}");
            Keep(line);
            if (line.StartsWith(prefixes[found.Count], StringComparison.Ordinal))
            {
                found.Add(line[prefixes[found.Count].Length..].Trim());
            }
        }

        Ignore();
        return [.. found];
    }

    /// <summary>Lets the process print what it likes from now on.</summary>
    public void Ignore() => _output = DrainAsync(_process.StandardOutput);

    public bool HasExited => _process.HasExited;

    /// <summary>Physical memory, in MB.</summary>
    public double ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line["VmRSS:".Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024;
    }

    public string LastLines()
    {
        lock (_lastLines)
        {
            return string.Join('\n', _lastLines);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGTERM, so that the server ends as it does in production.
            using var kill = Process.Start("kill", _process.Id.ToString(CultureInfo.InvariantCulture));
            await kill.WaitForExitAsync();
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(Farewell));
            if (!_process.HasExited)
            {
                _process.Kill();
                await _process.WaitForExitAsync();
            }
        }

        await Task.WhenAll(_errors, _output);
        _process.Dispose();
    }

    private async Task DrainAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            Keep(line);
        }
    }

    private void Keep(string line)
    {
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }
    }
}
