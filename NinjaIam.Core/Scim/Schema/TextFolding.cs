using System.Text;

namespace NinjaIam.Core.Scim.Schema;

/// <summary>The one way in which values of attributes that are not case exact are compared and keyed.</summary>
public static class TextFolding
{
    /// <summary>Whether a client may send this text. NUL ends a text for some readers, and U+FFFE is no character and cannot be folded.</summary>
    public static bool IsUsable(string text) => !text.AsSpan().ContainsAny('\0', '\uFFFE');

    /// <summary>Two texts are the same value when their keys are equal, compared ordinally.</summary>
    public static string Key(string text) =>
        text.Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormKC).ToUpperInvariant().Normalize(NormalizationForm.FormKC);

    public static string Key(string text, bool caseExact) => caseExact ? text : Key(text);

    /// <summary>The order of a binary collation over UTF-8, which is not the order of UTF-16 code units.</summary>
    public static int Compare(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
