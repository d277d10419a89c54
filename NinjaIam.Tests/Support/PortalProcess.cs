using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>The program itself, started as its users start it, on a free port over a temporary directory. All it prints is kept.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _serves = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasHandedOver;

    private PortalProcess(Process process, string dataDirectory)
    {
        _process = process;
        DataDirectory = dataDirectory;
    }

    public string DataDirectory { get; }

    /// <summary>Everything printed so far, on either stream.</summary>
    public string Log
    {
        get
        {
            lock (_lock)
            {
                return _log.ToString();
            }
        }
    }

    public Uri Address => new(Printed(AddressLine()));

    public string FirstRunLink => Printed(FirstRunAddress());

    /// <summary>The email of the administrator of a demonstration.</summary>
    public string Email => Printed(EmailLine());

    /// <summary>The password of the administrator of a demonstration.</summary>
    public string Password => Printed(PasswordLine());

    /// <summary>Where the main identity provider of a demonstration sends its requests.</summary>
    public string ScimBaseUrl => Printed(ScimBaseUrlLine());

    /// <summary>The live token of the main identity provider of a demonstration.</summary>
    public string ScimToken => Printed(ScimTokenLine());

    /// <summary>Starts the program and waits until it says that it serves.</summary>
    public static Task<PortalProcess> StartAsync(params string[] arguments) =>
        StartAsync(arguments, Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}"));

    /// <summary>As <see cref="StartAsync(string[])"/>, with a setting in the environment.</summary>
    public static Task<PortalProcess> StartWithSettingAsync(string name, string value) =>
        StartAsync([], Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}"), (name, value));

    /// <summary>Starts the program where it can't serve, and answers all it printed before it ended.</summary>
    public static async Task<string> FailAsync(params string[] arguments)
    {
        var ended = await Assert.ThrowsAsync<PortalEndedException>(() => StartAsync(arguments));
        return ended.Printed;
    }

    /// <summary>As <see cref="FailAsync"/>, with a setting in the environment.</summary>
    public static async Task<string> FailWithSettingAsync(string name, string value)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");
        var ended = await Assert.ThrowsAsync<PortalEndedException>(() => StartAsync([], directory, (name, value)));
        return ended.Printed;
    }

    /// <summary>Ends the program as SIGKILL ends it, and starts it over what it stored.</summary>
    public async Task<PortalProcess> RestartAsync(params string[] arguments)
    {
        await StopAsync();
        _hasHandedOver = true;
        await DisposeAsync();
        return await StartAsync(arguments, DataDirectory);
    }

    private static async Task<PortalProcess> StartAsync(
        string[] arguments,
        string directory,
        params (string Name, string Value)[] environment
    )
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Repository.Root, "NinjaIam.Web", "bin", output.Parent!.Name, output.Name, "NinjaIam.Web.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        string[] urls = arguments.Contains("--urls") ? [] : ["--urls", "http://127.0.0.1:0"];
        foreach (var argument in (string[])[program, .. arguments, .. urls, "--data", directory])
        {
            start.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = start };
        var portal = new PortalProcess(process, directory);
        process.OutputDataReceived += (_, line) => portal.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => portal.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // It has ended only when all it printed has arrived.
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(portal._serves.Task, ended).WaitAsync(Guard) == ended)
        {
            await portal.DisposeAsync();
            throw new PortalEndedException(portal.Log);
        }

        return portal;
    }

    /// <summary>Ends the program as SIGKILL ends it; what it stored stays until disposal.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync().WaitAsync(Guard);
    }

    /// <summary>Stops the program as a service manager does, and answers its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(Guard);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        if (!_hasHandedOver && Directory.Exists(DataDirectory))
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _log.AppendLine(line);
        }

        // A demonstration ends what it prints with the token.
        if (line.StartsWith("Press Ctrl+C", StringComparison.Ordinal) || line.StartsWith("SCIM token: ", StringComparison.Ordinal))
        {
            _serves.TrySetResult();
        }
    }

    private string Printed(Regex what) =>
        what.Match(Log) is { Success: true } found
            ? found.Groups[1].Value
            : throw new InvalidOperationException($"The portal did not print it: {Log}");

    [GeneratedRegex(@"^Portal: (\S+)", RegexOptions.Multiline)]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"^Sign in: (\S+) ", RegexOptions.Multiline)]
    private static partial Regex EmailLine();

    [GeneratedRegex(@"^Sign in: \S+ (\S+)", RegexOptions.Multiline)]
    private static partial Regex PasswordLine();

    [GeneratedRegex(@"^SCIM base URL: (\S+)", RegexOptions.Multiline)]
    private static partial Regex ScimBaseUrlLine();

    [GeneratedRegex(@"^SCIM token: (\S+)", RegexOptions.Multiline)]
    private static partial Regex ScimTokenLine();

    [GeneratedRegex(@"(http\S+/first-run/\S+)")]
    private static partial Regex FirstRunAddress();

    private sealed class PortalEndedException(string printed) : Exception($"{Ended}{printed}")
    {
        public const string Ended = "The portal ended before it served: ";

        public string Printed => Message[Ended.Length..];
    }
}
