using System.Text;

namespace NinjaIam.Core.Storage;

/// <summary>
/// The one key by which names are compared: Unicode compatibility form, invariant upper case, compared byte by byte.
/// Computed here and never by the database, whose folding knows ASCII only or depends on a locale.
/// </summary>
public static class TextKey
{
    public static string Of(string text) => text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Normalize(NormalizationForm.FormKC);
}
