using System.Globalization;

namespace NinjaIam.Tests.Support;

/// <summary>How much a random test does: enough for every run of the suite, or as much as a variable of the environment says.</summary>
internal static class Scale
{
    public static int Of(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var wanted) ? wanted : standard;
}
