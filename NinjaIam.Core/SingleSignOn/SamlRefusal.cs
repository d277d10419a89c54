namespace NinjaIam.Core.SingleSignOn;

/// <summary>Why a response, or the person it names, was refused.</summary>
/// <param name="Check">The step that was not passed; those before it were.</param>
/// <param name="Reason">One of <see cref="SamlReason"/>.</param>
/// <param name="Detail">What is wrong and what to change, for an administrator. Foreign text in it is shortened.</param>
public sealed record SamlRefusal(SamlCheck Check, string Reason, string Detail)
{
    private const int LongestQuote = 120;

    /// <summary>Received text on one line, without what could disturb a page or a log.</summary>
    public static string Quote(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "nothing";
        }

        var start = text.Length > LongestQuote ? text[..LongestQuote] : text;
        var line = string.Concat(start.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '�' : letter));
        return text.Length > LongestQuote ? $"“{line}…”" : $"“{line}”";
    }
}
