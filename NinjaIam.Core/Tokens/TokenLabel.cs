using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.Tokens;

/// <summary>What people call a token, to tell it from others.</summary>
public static class TokenLabel
{
    public const int Longest = 60;

    /// <summary>The label without spaces around it, or null for none. Refuses what is too long or does not fit in a line.</summary>
    public static Outcome<string?> Parse(string? text)
    {
        var label = text?.Trim() ?? "";
        return label.Length > Longest ? Invalid($"Use at most {Longest} characters.")
            : label.Any(char.IsControl) ? Invalid("Write the label in one line.")
            : label.Length == 0 ? (string?)null
            : label;

        static Refusal Invalid(string detail) => new(RefusalKind.InvalidValue, detail, nameof(ScimToken.Label));
    }
}
