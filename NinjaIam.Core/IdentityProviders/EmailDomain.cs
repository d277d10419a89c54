using System.Globalization;
using System.Net;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>The domain after the @ of an email address, in the one form in which domains are stored and compared: lower-case ASCII.</summary>
public static class EmailDomain
{
    public const int MaxLength = 253;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Makes a domain of what an administrator typed: a domain, one with a leading "@", or a whole email address.</summary>
    public static Outcome<string> Clean(string typed)
    {
        var text = AfterAt(typed);
        if (text.Length == 0)
        {
            return Refuse("Enter an email domain, for example contoso.com.");
        }

        if (text.Contains("://", StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal))
        {
            return Refuse("Enter the email domain alone, without https:// and without a path, for example contoso.com.");
        }

        if (text.Contains('*', StringComparison.Ordinal))
        {
            return Refuse("Email domains match exactly, without placeholders. Enter each domain that people use.");
        }

        if (IPAddress.TryParse(text.Trim('[', ']'), out _))
        {
            return Refuse($"\"{Shorten(text)}\" is an IP address. Enter an email domain, for example contoso.com.");
        }

        if (Normalize(text) is not { } domain)
        {
            return Refuse($"\"{Shorten(text)}\" is not an email domain. Enter everything after the @, for example contoso.com.");
        }

        return PublicMailDomains.Contains(domain)
            ? Refuse(
                $"{domain} is a public mail service: anybody can have an address there. Enter a domain that belongs to the organization."
            )
            : domain;
    }

    /// <summary>The domain of a user name, in the form that <see cref="Clean"/> answers, or null where it has none.</summary>
    public static string? Of(string? userName) =>
        userName is not null && userName.Contains('@', StringComparison.Ordinal) ? Normalize(AfterAt(userName)) : null;

    private static string AfterAt(string text) =>
        string.Concat(text[(text.LastIndexOf('@') + 1)..].Where(letter => !char.IsWhiteSpace(letter)));

    private static string? Normalize(string text)
    {
        var dotted = text.EndsWith('.') ? text[..^1] : text;
        try
        {
            var domain = Idn.GetAscii(dotted.ToLowerInvariant()).ToLowerInvariant();
            return IsWellFormed(domain) ? domain : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsWellFormed(string domain)
    {
        var labels = domain.Split('.');
        return domain.Length <= MaxLength && labels.Length >= 2 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private static Refusal Refuse(string detail) => new(RefusalKind.InvalidValue, detail);
}
