using System.Text;

namespace NinjaIam.Core.Storage;

/// <summary>
/// The one key by which names are compared: Unicode compatibility form, invariant upper case, compared byte by byte.
/// Computed here and never by the database, whose folding knows ASCII only or depends on a locale.
/// </summary>
public static class TextKey
{
    public static string Of(string text) => Fold(Readable(text));

    private static string Fold(string text) =>
        text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Normalize(NormalizationForm.FormKC);

    // Normalisation throws on half a surrogate pair and on U+FFFE, which no name needs and anybody can send.
    private static string Readable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\uFFFE', StringComparison.Ordinal))
        {
            return text;
        }

        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            readable.Append(rune.Value == 0xFFFE ? Rune.ReplacementChar : rune);
        }

        return readable.ToString();
    }
}
