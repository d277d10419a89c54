using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What the requests of a provider in preview would come to, as they arrive.</summary>
public sealed partial class PreviewCard(Previews previews, CurrentPerson person) : ComponentBase
{
    private const int FindingsAtOnce = 25;

    private static readonly ChangeTopic[] Watched = [ChangeTopic.Preview];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private IReadOnlyList<PreviewCount> _counts = [];
    private IReadOnlyList<PreviewFinding> _findings = [];
    private string _shown = "";
    private int _total;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    private Task ReloadAsync() => ReadAsync(Math.Max(FindingsAtOnce, _findings.Count));

    private Task MoreAsync() => ReadAsync(_findings.Count + FindingsAtOnce);

    private Task ShowAsync(string result)
    {
        _shown = result;
        return ReadAsync(FindingsAtOnce);
    }

    private async Task ReadAsync(int count)
    {
        var actor = await person.ActorAsync();
        _counts = await previews.CountAsync(actor, Provider.Id, CancellationToken.None);
        PreviewResult? result = Enum.TryParse<PreviewResult>(_shown, out var chosen) ? chosen : null;
        var page = await previews.ListAsync(actor, Provider.Id, result, null, new PageRequest(0, count), CancellationToken.None);
        (_findings, _total) = (page.Items, page.Total);
    }
}
