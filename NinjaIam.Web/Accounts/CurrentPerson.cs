using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Accounts;

/// <summary>
/// The person who uses the page, as services ask for it. They check the right again themselves; this says who asks, not what they may do.
/// </summary>
public sealed class CurrentPerson(AuthenticationStateProvider authentication)
{
    /// <summary>Who is signed in, for operations that read.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in (any more).</exception>
    public async Task<Actor> ActorAsync() => ActorOf((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>Who is signed in, or null when the session has ended: for what stands around pages and must not fail with it.</summary>
    public async Task<Actor?> FindActorAsync() => FindActor((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>Where a change comes from, for operations that write. Ask once per act: each answer names a request of its own.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in (any more).</exception>
    public async Task<Origin> OriginAsync() => OriginOf((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>The same for a request.</summary>
    internal static Origin OriginOf(ClaimsPrincipal person) =>
        new(
            ActorOf(person),
            Origin.NewRequestId(),
            person.FindFirstValue(PersonClaims.Address),
            person.FindFirstValue(PersonClaims.UserAgent),
            person.SessionId()
        );

    private static Actor ActorOf(ClaimsPrincipal person) =>
        FindActor(person) ?? throw new InvalidOperationException("Nobody is signed in.");

    private static Actor? FindActor(ClaimsPrincipal person) =>
        person.IsSignedIn() && Guid.TryParse(person.FindFirstValue(PersonClaims.AccountId), out var id)
            ? new Actor(
                person.IsSystemAdministrator() ? ActorKind.Administrator : ActorKind.Person,
                id,
                person.FindFirstValue(PersonClaims.Name) ?? ""
            )
            : null;
}
