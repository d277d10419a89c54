using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Organizations;

/// <summary>The customers or departments that people are placed in, and the IDs by which provisioning clients name them.</summary>
public sealed partial class OrganizationsPage(
    OrganizationDirectory organizations,
    CurrentPerson person,
    IDialogService dialogs,
    IJSRuntime scripts,
    TimeProvider time
) : ComponentBase, IDisposable
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Organizations, ChangeTopic.Users];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CopiedShown = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private ListPage<OrganizationLine>? _list;
    private int? _copied;

    /// <summary>Set to anything to see the archived ones.</summary>
    [SupplyParameterFromQuery]
    public string? Archived { get; set; }

    private bool ShowsArchived => !string.IsNullOrEmpty(Archived);

    // A page number or a search of this side means nothing on the other.
    private string OtherSide => ShowsArchived ? "/administration/organizations" : "/administration/organizations?archived=yes";

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private static string CountText(long count) => count == 1 ? OrganizationTexts.CountOne : Wording.Fill(OrganizationTexts.Count, count);

    private async Task<ListRows<OrganizationLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await organizations.ListAsync(
            await person.ActorAsync(),
            query.Search,
            ShowsArchived,
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<OrganizationLine>(page.Items, page.Total);
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;

    private async Task AddAsync()
    {
        if (await OrganizationDialog.OpenAsync(dialogs, null))
        {
            await RefreshAsync();
        }
    }

    private async Task EditAsync(OrganizationLine organization)
    {
        if (await OrganizationDialog.OpenAsync(dialogs, organization))
        {
            await RefreshAsync();
        }
    }

    private async Task GetOrgIdAsync(OrganizationLine organization)
    {
        await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", _leaving.Token, "./js/clipboard.js");
        var id = organization.Id.ToString(CultureInfo.InvariantCulture);
        if (!await module.InvokeAsync<bool>("copy", _leaving.Token, id))
        {
            await OrganizationIdDialog.OpenAsync(dialogs, organization);
            return;
        }

        _copied = organization.Id;
        _ = ForgetCopiedAsync(organization.Id);
    }

    private async Task ForgetCopiedAsync(int id)
    {
        try
        {
            await Task.Delay(CopiedShown, time, _leaving.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await InvokeAsync(() =>
        {
            if (_copied == id)
            {
                _copied = null;
                StateHasChanged();
            }
        });
    }

    private Task ArchiveAsync(OrganizationLine organization) =>
        SetArchivedAsync(
            organization,
            archived: true,
            new Confirmation(Wording.Fill(OrganizationTexts.ArchiveTitle, organization.Name), OrganizationTexts.ArchiveConfirm)
            {
                Consequences =
                [
                    organization.Users switch
                    {
                        0 => OrganizationTexts.ArchiveEffectNobody,
                        1 => OrganizationTexts.ArchiveEffectOne,
                        var users => Wording.Fill(OrganizationTexts.ArchiveEffectMany, users),
                    },
                    OrganizationTexts.ArchiveNobodyNew,
                    OrganizationTexts.ArchiveUndo,
                ],
                BusyText = OrganizationTexts.Archiving,
                Dangerous = false,
            }
        );

    private Task RestoreAsync(OrganizationLine organization) =>
        SetArchivedAsync(
            organization,
            archived: false,
            new Confirmation(Wording.Fill(OrganizationTexts.RestoreTitle, organization.Name), OrganizationTexts.RestoreConfirm)
            {
                Consequences = [OrganizationTexts.RestoreEffect],
                BusyText = OrganizationTexts.Restoring,
                Dangerous = false,
            }
        );

    private async Task SetArchivedAsync(OrganizationLine organization, bool archived, Confirmation confirmation)
    {
        var confirmed = await ConfirmDialog.AskAsync(
            dialogs,
            confirmation with
            {
                Act = async _ =>
                    (
                        await organizations.SetArchivedAsync(organization.Id, archived, await person.OriginAsync(), CancellationToken.None)
                    ).RefusalOrNull(),
            }
        );
        if (confirmed is not null)
        {
            await RefreshAsync();
        }
    }
}
