using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>
/// A test that needs Chromium. It is skipped where there is none, unless <c>NINJAIAM_REQUIRE_BROWSER=1</c> says that a missing browser
/// is a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public BrowserFactAttribute()
    {
        if (Executable is null && Environment.GetEnvironmentVariable("NINJAIAM_REQUIRE_BROWSER") != "1")
        {
            Skip = "Chromium is not installed here. Run ./test.sh, or set NINJAIAM_CHROMIUM to its path.";
        }
    }

    /// <summary>Path of the browser, or null when there is none.</summary>
    public static string? Executable { get; } =
        Environment.GetEnvironmentVariable("NINJAIAM_CHROMIUM") is { Length: > 0 } chosen ? chosen : Array.Find(Places, File.Exists);
}
