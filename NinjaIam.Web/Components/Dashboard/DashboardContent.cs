using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Components.Dashboard;

/// <summary>What the dashboard shows, read at one moment.</summary>
internal sealed record DashboardContent(
    IReadOnlyList<Attention> Attention,
    int Providers,
    int People,
    int Inactive,
    int Refused,
    bool ScimWasEnabled,
    bool SomebodyArrived,
    IReadOnlyList<Activity> Activities,
    IReadOnlyList<TokenLine> Tokens
)
{
    /// <summary>A new installation shows what comes first instead of saying that all is well.</summary>
    public bool ShowsFirstSteps => !(Providers > 0 && ScimWasEnabled && SomebodyArrived);
}
