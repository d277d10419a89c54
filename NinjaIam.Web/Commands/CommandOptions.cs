using NinjaIam.Core.Outcomes;

namespace NinjaIam.Web.Commands;

/// <summary>
/// The options of one command, in any order: <c>--name value</c>, <c>--name=value</c>, or <c>--name</c> alone; and the path that some
/// commands are about.
/// </summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, string?> _given;

    private CommandOptions(Dictionary<string, string?> given, string? path) => (_given, Path) = (given, path);

    /// <summary>What stands without a name, or null when nothing does.</summary>
    public string? Path { get; }

    /// <summary>The value of an option, or null when it was not given.</summary>
    public string? this[string name] => _given.GetValueOrDefault(name);

    public bool Has(string name) => _given.ContainsKey(name);

    /// <param name="withValue">Options that need a value.</param>
    /// <param name="alone">Options that stand alone.</param>
    /// <param name="takesPath">One argument may stand without a name.</param>
    public static Outcome<CommandOptions> Parse(ReadOnlySpan<string> arguments, string[] withValue, string[] alone, bool takesPath = false)
    {
        string? path = null;
        var given = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var index = 0; index < arguments.Length; index++)
        {
            if (takesPath && path is null && !arguments[index].StartsWith('-'))
            {
                path = arguments[index];
                continue;
            }

            var (name, value) = arguments[index].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[index], null);
            if (alone.Contains(name) && value is null)
            {
                value = null;
            }
            else if (!withValue.Contains(name))
            {
                return Wrong($"Unknown option: {arguments[index]}");
            }
            else if (value is null)
            {
                if (index + 1 >= arguments.Length || arguments[index + 1].StartsWith("--", StringComparison.Ordinal))
                {
                    return Wrong($"The option {name} needs a value.");
                }

                value = arguments[++index];
            }

            if (value is { Length: 0 })
            {
                return Wrong($"The option {name} needs a value.");
            }

            if (!given.TryAdd(name, value))
            {
                return Wrong($"The option {name} was given twice.");
            }
        }

        return new CommandOptions(given, path);
    }

    private static Refusal Wrong(string detail) => new(RefusalKind.InvalidValue, detail);
}
