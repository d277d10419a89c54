namespace NinjaIam.Web.Commands;

/// <summary>What somebody needs who tries a demonstration out.</summary>
internal sealed record DemonstrationAccess(string Email, string Password, string ScimBaseUrl, string ScimToken)
{
    // A record prints its members. The secrets go to the terminal and nowhere else.
    public override string ToString() => $"Access to a demonstration as {Email}";
}
