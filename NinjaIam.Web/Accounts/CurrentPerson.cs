using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Accounts;

/// <summary>
/// The system administrator who uses the page, as services ask for it. They check the right again themselves;
/// this says who asks, not what they may do.
/// </summary>
public sealed class CurrentPerson(AuthenticationStateProvider authentication)
{
    /// <summary>Who is signed in, for operations that read.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in, or somebody who is no system administrator.</exception>
    public async Task<Actor> ActorAsync() => ActorOf((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>Where a change comes from, for operations that write. Ask once per act: each answer names a request of its own.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in, or somebody who is no system administrator.</exception>
    public async Task<Origin> OriginAsync() => OriginOf((await authentication.GetAuthenticationStateAsync()).User, ActorOf);

    /// <summary>For the few acts that are open to everybody who is signed in, such as signing out.</summary>
    internal static Origin OriginOf(ClaimsPrincipal person) =>
        OriginOf(
            person,
            static person => new Actor(
                ActorKind.Administrator,
                Guid.TryParse(person.FindFirstValue(PersonClaims.AccountId), out var id) ? id : null,
                person.FindFirstValue(PersonClaims.Name) ?? ""
            )
        );

    private static Origin OriginOf(ClaimsPrincipal person, Func<ClaimsPrincipal, Actor> actorOf) =>
        new(
            actorOf(person),
            Origin.NewRequestId(),
            person.FindFirstValue(PersonClaims.Address),
            person.FindFirstValue(PersonClaims.UserAgent),
            person.SessionId()
        );

    private static Actor ActorOf(ClaimsPrincipal person) =>
        person.IsSystemAdministrator() && Guid.TryParse(person.FindFirstValue(PersonClaims.AccountId), out var id)
            ? new Actor(ActorKind.Administrator, id, person.FindFirstValue(PersonClaims.Name) ?? "")
            : throw new InvalidOperationException("No system administrator is signed in.");
}
