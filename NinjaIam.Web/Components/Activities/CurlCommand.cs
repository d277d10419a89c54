using System.Text;
using NinjaIam.Core.Journal.Requests;

namespace NinjaIam.Web.Components.Activities;

/// <summary>
/// A kept request as a command that sends it again. The token and the values that the log does not keep have to be put in: the token
/// into the variable SCIM_TOKEN, the values where the marks of the log stand.
/// </summary>
public static class CurlCommand
{
    private const string Mark = "…";

    /// <param name="baseUrl">Where the portal is reached, without a slash at the end.</param>
    public static string Of(LoggedRequest request, string baseUrl)
    {
        var command = new StringBuilder("curl");
        if (request.Method != "GET")
        {
            command.Append(" -X ").Append(request.Method);
        }

        command.Append(' ').Append(Quoted(baseUrl + Encoded(request.Path)));
        command.Append(" \\\n  -H \"Authorization: Bearer $SCIM_TOKEN\"");
        if (request.Request.Text is { } body)
        {
            command.Append(" \\\n  -H 'Content-Type: application/scim+json'");
            command.Append(" \\\n  --data-raw ").Append(Quoted(body));
        }

        return command.ToString();
    }

    /// <summary>The log keeps addresses as they are read.</summary>
    private static string Encoded(string address)
    {
        var end = address.IndexOf('?', StringComparison.Ordinal);
        return end < 0
            ? address
            : address[..end]
                + "?"
                + string.Join('&', address[(end + 1)..].Split('&').Select(pair => string.Join('=', pair.Split('=').Select(Part))));
    }

    // A mark has to be seen to be replaced.
    private static string Part(string text) =>
        Uri.EscapeDataString(text).Replace(Uri.EscapeDataString(Mark), Mark, StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
