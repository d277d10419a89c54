namespace NinjaIam.Core.Tokens;

/// <param name="Text">The only copy. It goes to the administrator's screen and nowhere else.</param>
public sealed record IssuedScimToken(string PublicId, string Text, DateTimeOffset ExpiresAt)
{
    // A record prints its members. This one must not end up in a log.
    public override string ToString() => $"SCIM token {PublicId}, expires {ExpiresAt:O}";
}
