using System.Globalization;
using System.Text;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>
/// What a refused response said, for Activities: plain text on one line, each part shortened. Attributes are named only where the
/// signature holds; issuer and NameID of anything else are marked, since whoever sent it may have made them up.
/// </summary>
internal static class ReceivedText
{
    private const int MostAttributes = 20;
    private const int MostValues = 5;

    public static string Of(CheckedResponse response)
    {
        var text = new StringBuilder();
        if (response.ReceivedIssuer is { } issuer)
        {
            text.Append(CultureInfo.InvariantCulture, $" Issuer: {SamlRefusal.Quote(issuer)}.");
        }

        if ((response.Assertion?.NameId ?? response.ReceivedNameId) is { } nameId)
        {
            text.Append(CultureInfo.InvariantCulture, $" NameID: {SamlRefusal.Quote(nameId)}.");
        }

        if (!response.IsProved)
        {
            return text.Length == 0 ? "" : text.Append(" None of this is proved.").ToString();
        }

        var attributes = response.Assertion?.Attributes ?? response.ReceivedAttributes ?? [];
        if (attributes.Count > 0)
        {
            text.Append(" Attributes: ").AppendJoin("; ", attributes.Take(MostAttributes).Select(Of));
            text.Append(attributes.Count > MostAttributes ? $"; {attributes.Count - MostAttributes} more." : ".");
        }

        return text.ToString();
    }

    private static string Of(SamlValues attribute)
    {
        var more = attribute.Values.Count > MostValues ? $" and {attribute.Values.Count - MostValues} more" : "";
        return $"{SamlRefusal.Quote(attribute.Name)} = {string.Join(", ", attribute.Values.Take(MostValues).Select(SamlRefusal.Quote))}{more}";
    }
}
