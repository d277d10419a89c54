using System.Globalization;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Support;

/// <summary>What random tests draw from: another one in every run, unless <c>NINJAIAM_SEED</c> repeats one.</summary>
internal static class Seed
{
    public static int Next(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NINJAIAM_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        output.WriteLine($"NINJAIAM_SEED={seed}");
        return seed;
    }
}
