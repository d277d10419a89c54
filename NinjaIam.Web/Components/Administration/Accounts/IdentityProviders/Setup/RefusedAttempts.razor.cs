using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>What a provider was refused before its first request was accepted, with the plain reasons.</summary>
public sealed partial class RefusedAttempts : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<Activity> Attempts { get; set; }

    /// <summary>Whether new ones are read out; for one list of a page.</summary>
    [Parameter]
    public bool IsLog { get; set; }

    [Parameter]
    public string TestId { get; set; } = "refused-attempt";

    /// <summary>The latest refusals of a provider since an instant (UTC), the newest first.</summary>
    public static Task<IReadOnlyList<Activity>> ReadAsync(
        ActivityLog activities,
        Actor actor,
        Guid providerId,
        DateTimeOffset since,
        int most
    ) =>
        activities.ListAsync(
            actor,
            new ActivityFilter
            {
                ProviderId = providerId,
                Refused = true,
                Since = since,
            },
            most,
            CancellationToken.None
        );
}
