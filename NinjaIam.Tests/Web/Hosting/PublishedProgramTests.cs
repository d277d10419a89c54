using System.Diagnostics;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Web.Hosting;

/// <summary>The program as somebody starts it: as a process, in a folder that has nothing to do with it.</summary>
public sealed class PublishedProgramTests : IDisposable
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("ninjaiam-elsewhere-");

    public void Dispose() => _elsewhere.Delete(recursive: true);

    [Fact]
    public Task Started_from_its_sources_it_serves_the_whole_portal() =>
        ServesTheWholePortalAsync(Path.Combine(Repository.Root, "NinjaIam.Web", "bin", Configuration, "net10.0", "NinjaIam.Web.dll"));

    [Fact]
    public async Task Published_it_serves_the_whole_portal()
    {
        var output = Path.Combine(_elsewhere.FullName, "published");
        var project = Path.Combine(Repository.Root, "NinjaIam.Web");
        using var publish = Start(
            "publish",
            project,
            "-c",
            Configuration,
            "--no-build",
            "-o",
            output,
            "-nologo",
            "-v",
            "q",
            "-nodeReuse:false"
        );
        var text = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, text);

        await ServesTheWholePortalAsync(Path.Combine(output, "NinjaIam.Web.dll"));
    }

    private async Task ServesTheWholePortalAsync(string program)
    {
        using var process = Start(program, "demo", "--bare", "--urls", "http://127.0.0.1:0");
        try
        {
            string? address = null;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                address ??= line.StartsWith("Portal: ", StringComparison.Ordinal) ? line[8..] : null;
                if (line.StartsWith("SCIM token: ", StringComparison.Ordinal))
                {
                    break;
                }
            }

            Assert.NotNull(address);
            using var browser = new HttpClient { BaseAddress = new Uri(address) };
            foreach (var (path, least) in HostingTests.WholeFiles)
            {
                var content = await browser.GetByteArrayAsync(new Uri(path, UriKind.Relative));
                Assert.True(content.Length > least, $"{path} has {content.Length} bytes.");
            }
        }
        finally
        {
            await StopAsync(process);
        }

        Assert.Equal(0, process.ExitCode);
        Assert.Empty(_elsewhere.GetFileSystemInfos("ninjaiam*"));
    }

    private Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", args) { WorkingDirectory = _elsewhere.FullName, RedirectStandardOutput = true };
        // Its temporary files go where this test looks for leftovers.
        start.Environment["TMPDIR"] = _elsewhere.FullName;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>As a service manager stops it.</summary>
    private static async Task StopAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }
}
