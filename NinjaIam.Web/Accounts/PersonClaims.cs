namespace NinjaIam.Web.Accounts;

/// <summary>Names of the claims about whoever is signed in. The first five come from the cookie, the others from the request.</summary>
public static class PersonClaims
{
    public const string SessionId = "sid";
    public const string AccountId = "sub";
    public const string Name = "name";
    public const string Kind = "kind";
    public const string SecurityStamp = "stamp";
    public const string Address = "address";
    public const string UserAgent = "user_agent";
    public const string Language = "language";
    public const string TimeZone = "time_zone";
}
