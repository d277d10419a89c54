using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace NinjaIam.Bench;

/// <summary>Where the figures come from.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync(string root, string loadBefore, CancellationToken cancellationToken)
    {
        var commit = await Child.OutputOfAsync("git", ["-C", root, "rev-parse", "--short", "HEAD"], cancellationToken);
        var changes = await Child.OutputOfAsync("git", ["-C", root, "status", "--porcelain"], cancellationToken);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        using var connection = new SqliteConnection("Data Source=:memory:");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | | |
            |---|---|
            | processor | {Processor()}, {Environment.ProcessorCount} cores |
            | memory | {memory:0.0} GB |
            | system | {RuntimeInformation.OSDescription} |
            | .NET | {Environment.Version} |
            | SQLite | {connection.ServerVersion} |
            | load average before | {loadBefore} |
            | date | {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC |
            | commit | {commit}{(changes.Length > 0 ? " and changes" : "")} |

            """
        );
    }

    /// <summary>Over the last minute. Far above 0, something else shares the processors and the figures say little.</summary>
    public static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
            .FirstOrDefault("unknown");
}
