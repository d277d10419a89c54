using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NinjaIam.Bench;

/// <summary>What stands behind <c>--</c> on the command line.</summary>
internal sealed record Options
{
    public const string Help = """
        dotnet run -c Release --project bench [-- OPTIONS]

          --only NAME[,NAME]   runs these works; they are not written to docs/performance.md
          --size N[,N]         people in the directories: 1000, 100000, 1000000 (all three unless set)
          --seconds N          how long each load is measured, 1 to 60 (5 unless set)
          --quick              about three seconds per load at 1000 people, to try the tool; not written either
          --cache DIR          where filled directories are kept for the next run (artifacts/bench unless set)
          --no-write           leaves docs/performance.md alone
          --list               lists the works
        """;

    private static readonly int[] Sizes = [1_000, 100_000, 1_000_000];

    public IReadOnlyList<string> Only { get; private init; } = [];

    public IReadOnlyList<int> Size { get; private init; } = Sizes;

    public int Seconds { get; private init; } = 5;

    public bool Quick { get; private init; }

    public string? Cache { get; private init; }

    public bool NoWrite { get; private init; }

    public bool List { get; private init; }

    /// <summary>The options, or what is wrong with them.</summary>
    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out Options? options, out string problem)
    {
        options = null;
        problem = "";
        var read = new Options();
        for (var at = 0; at < arguments.Length; at++)
        {
            var name = arguments[at];
            if (name is "--quick" or "--no-write" or "--list")
            {
                read = name switch
                {
                    "--quick" => read with { Quick = true, Seconds = 1, Size = [Sizes[0]] },
                    "--no-write" => read with { NoWrite = true },
                    _ => read with { List = true },
                };
                continue;
            }

            var value = at + 1 < arguments.Length ? arguments[++at] : "";
            var parts = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
            var numbers = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1);
            switch (name)
            {
                case "--only" when parts.Length > 0 && parts.All(part => Works.Names.ContainsKey(part)):
                    read = read with { Only = parts };
                    break;
                case "--size" when parts.Length > 0 && numbers.All(Sizes.Contains):
                    read = read with { Size = [.. numbers.Distinct().Order()] };
                    break;
                case "--seconds" when parts.Length == 1 && numbers.Single() is >= 1 and <= 60:
                    read = read with { Seconds = numbers.Single() };
                    break;
                case "--cache" when value.Length > 0:
                    read = read with { Cache = Path.GetFullPath(value) };
                    break;
                default:
                    problem = $"Not understood: {name} {value}";
                    return false;
            }
        }

        options = read;
        return true;
    }

    public bool Wants(string work) => Only.Count == 0 || Only.Contains(work);

    /// <summary>Whether the figures are all of them, measured long enough to be shown.</summary>
    public bool IsWhole => Only.Count == 0 && !Quick;
}
