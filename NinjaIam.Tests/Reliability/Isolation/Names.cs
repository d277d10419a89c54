using System.Text.RegularExpressions;
using NinjaIam.Tests.Support;

namespace NinjaIam.Tests.Reliability.Isolation;

/// <summary>
/// What the resources and cursors of both providers are called in one installation. Requests are drawn, and answers compared, with labels
/// such as <c>‹0:12›</c> in the place of what each installation makes up for itself.
/// </summary>
internal sealed partial class Names
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    public void Add(string label, string text)
    {
        _texts[label] = text;
        _labels[text] = label;
    }

    public string? LabelOf(string text) => _labels.GetValueOrDefault(text);

    /// <summary>What is drawn, as it is sent to this installation.</summary>
    public string Filled(string drawn) => Label().Replace(drawn, found => _texts[found.Value]);

    /// <summary>Everything of an answer but its request ID and date.</summary>
    public string Labelled(ScimReply reply)
    {
        var headers = reply
            .Headers.Where(header => header.Key is not ("X-Request-ID" or "Date"))
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {header.Value}");
        var text = string.Join('\n', [$"{reply.Status}", .. headers, reply.Text]);
        return Cursor().Replace(Id().Replace(text, found => LabelOf(found.Value) ?? found.Value), "$1‹cursor›");
    }

    [GeneratedRegex("‹[^›]+›")]
    private static partial Regex Label();

    // Ids, and the unique identifiers of providers in addresses.
    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/scim/v2/)[a-z0-9]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("""("(?:nextCursor|previousCursor)":")[^"]+""")]
    private static partial Regex Cursor();
}
