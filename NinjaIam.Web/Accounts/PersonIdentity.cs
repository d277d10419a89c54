using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Accounts;

/// <summary>Turns a live session into claims and back.</summary>
public static class PersonIdentity
{
    /// <param name="address">The network address of this request; not kept in the cookie.</param>
    /// <param name="userAgent">The browser of this request; not kept in the cookie.</param>
    public static ClaimsPrincipal Of(LiveSession session, string? address = null, string? userAgent = null)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, PersonClaims.Name, PersonClaims.Kind);
        identity.AddClaim(new Claim(PersonClaims.SessionId, session.Id.ToString()));
        identity.AddClaim(new Claim(PersonClaims.AccountId, session.AccountId.ToString()));
        identity.AddClaim(new Claim(PersonClaims.Name, session.Name));
        identity.AddClaim(new Claim(PersonClaims.Kind, session.Kind.ToString()));
        identity.AddClaim(new Claim(PersonClaims.SecurityStamp, session.SecurityStamp));
        if (session.Language is { } language)
        {
            identity.AddClaim(new Claim(PersonClaims.Language, language));
        }

        if (session.TimeZone is { } zone)
        {
            identity.AddClaim(new Claim(PersonClaims.TimeZone, zone));
        }

        if (address is not null)
        {
            identity.AddClaim(new Claim(PersonClaims.Address, address));
        }

        if (!string.IsNullOrEmpty(userAgent))
        {
            identity.AddClaim(new Claim(PersonClaims.UserAgent, userAgent));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>Null when nobody is signed in.</summary>
    public static Guid? SessionId(this ClaimsPrincipal person) =>
        Guid.TryParse(person.FindFirstValue(PersonClaims.SessionId), out var id) ? id : null;

    public static bool IsSignedIn(this ClaimsPrincipal person) => person.Identity?.IsAuthenticated == true;

    public static bool IsSystemAdministrator(this ClaimsPrincipal person) =>
        person.IsSignedIn() && person.HasClaim(PersonClaims.Kind, nameof(AccountKind.SystemAdministrator));
}
