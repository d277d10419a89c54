using System.Collections.Frozen;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// Finds passwords that are long and easy to guess all the same: made of common passwords, names that everybody knows of the person, rows of
/// keys, repetitions and years. The list of common passwords is the public-domain one of the Openwall Project.
/// </summary>
internal static class CommonPasswords
{
    /// <summary>Below this many steps of guessing a password is easy: a common word counts as two, a letter of something else as one.</summary>
    private const int Enough = 8;
    private const int WordCost = 2;
    private const int ShortestWord = 4;
    private const int ShortestRun = 3;
    private const string Separators = " -_.,";

    private static readonly string[] Rows =
    [
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "qwertzuiop",
        "azertyuiop",
        "qsdfghjklm",
        "1qaz2wsx3edc4rfv",
    ];

    private static readonly Lazy<FrozenSet<string>> Words = new(() =>
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("NinjaIam.Core.Accounts.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Fold).ToFrozenSet(StringComparer.Ordinal);
    });

    /// <param name="known">What anybody may know of the person: name, address, the product's own name.</param>
    public static bool Includes(string password, params IEnumerable<string?> known)
    {
        var text = Unit(Fold(password));
        var own = known
            .Append("ninjaiam")
            .Append("administrator")
            .SelectMany(word => Fold(word ?? "").Split([' ', '@', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Length >= ShortestRun)
            .ToHashSet(StringComparer.Ordinal);

        // The cheapest way to guess the first so many letters.
        var cost = new int[text.Length + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            cost[end] = cost[end - 1] + (Separators.Contains(text[end - 1], StringComparison.Ordinal) ? 0 : 1);
            for (var start = 0; start <= end - ShortestRun; start++)
            {
                var part = text[start..end];
                if (own.Contains(part) || (part.Length >= ShortestWord && Words.Value.Contains(part)))
                {
                    cost[end] = Math.Min(cost[end], cost[start] + WordCost);
                }
                else if (IsRun(part) || IsYear(part))
                {
                    cost[end] = Math.Min(cost[end], cost[start] + 1);
                }
            }
        }

        return cost[^1] < Enough;
    }

    // Letters that people write digits and signs for are the letters; a row of digits stays one.
    private static string Fold(string text)
    {
        var lower = text.ToLowerInvariant();
        return lower.Any(char.IsAsciiLetter)
            ? new string([
                .. lower.Select(
                    (letter, at) =>
                        letter switch
                        {
                            '@' => 'a',
                            '$' => 's',
                            _ when !IsBetweenLetters(lower, at) => letter,
                            '0' => 'o',
                            '1' or '!' => 'i',
                            '3' => 'e',
                            '4' => 'a',
                            '5' => 's',
                            '7' => 't',
                            _ => letter,
                        }
                ),
            ])
            : lower;
    }

    private static bool IsBetweenLetters(string text, int at) =>
        at > 0 && at < text.Length - 1 && char.IsAsciiLetter(text[at - 1]) && char.IsAsciiLetter(text[at + 1]);

    /// <summary>What is repeated, where all of it is one thing repeated.</summary>
    private static string Unit(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            var unit = text[..length];
            if (text.Length % length == 0 && text.Chunk(length).All(part => unit.AsSpan().SequenceEqual(part)))
            {
                return unit;
            }
        }

        return text;
    }

    private static bool IsRun(string part) =>
        IsStepping(part, 0)
        || IsStepping(part, 1)
        || IsStepping(part, -1)
        || Array.Exists(Rows, row => row.Contains(part, StringComparison.Ordinal));

    private static bool IsStepping(string part, int step)
    {
        for (var at = 1; at < part.Length; at++)
        {
            // After nine comes nought, as on a keyboard.
            if (part[at] != part[at - 1] + step && !(step == 1 && part[at] == '0' && part[at - 1] == '9'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsYear(string part) => part is ['1', '9', _, _] or ['2', '0', _, _] && part.All(char.IsAsciiDigit);
}
