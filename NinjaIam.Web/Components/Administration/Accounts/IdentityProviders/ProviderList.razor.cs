using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The identity providers, and above them the drafts of whoever looks.</summary>
public sealed partial class ProviderList(Providers providers, ProviderDrafts drafts, CurrentPerson person, IDialogService dialogs)
    : ComponentBase
{
    private static readonly ChangeTopic[] Watched = [ChangeTopic.Providers, ChangeTopic.Tokens, ChangeTopic.Users];

    // Every request of every provider moves "last request".
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private static readonly ListFilter[] Filters =
    [
        new("vendor", ProviderListTexts.FilterVendor, [.. VendorCatalog.All.Select(recipe => OptionOf(recipe.Vendor, recipe.Name))]),
        new(
            "state",
            ProviderListTexts.FilterScim,
            [.. Enum.GetValues<ScimState>().Select(state => OptionOf(state, ProviderStatuses.Of(state).Word))]
        ),
        new(
            "sso",
            ProviderListTexts.FilterSingleSignOn,
            [.. Enum.GetValues<SingleSignOnState>().Select(state => OptionOf(state, ProviderStatuses.Of(state).Word))]
        ),
    ];

    private IReadOnlyList<ProviderDraftView> _drafts = [];
    private ListPage<ProviderLine>? _list;

    private static Option OptionOf<TValue>(TValue value, string text)
        where TValue : struct, Enum => new(ProviderAddress.NameOf(value), text);

    private static TValue? Chosen<TValue>(ListQuery query, string filter)
        where TValue : struct, Enum => Enum.TryParse<TValue>(query.Filter(filter), ignoreCase: true, out var value) ? value : null;

    private static string Count(long total) => total == 1 ? ProviderListTexts.CountOne : Wording.Fill(ProviderListTexts.Count, total);

    private static string NameOf(ProviderDraftView draft)
    {
        var input = draft.Content.Input;
        return !string.IsNullOrWhiteSpace(input.DisplayName) ? input.DisplayName
            : input.Domains.Count > 0 ? input.Domains[0]
            : input.Vendor is { } vendor ? VendorCatalog.Of(vendor).Name
            : ProviderListTexts.DraftUnnamed;
    }

    private static AddProviderStep NextStep(ProviderDraftView draft) => AddProviderSteps.FirstOpen(draft.Content);

    private async Task<ListRows<ProviderLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await providers.ListAsync(
            await person.ActorAsync(),
            new ProviderFilter
            {
                Search = query.Search,
                Vendor = Chosen<Vendor>(query, "vendor"),
                ScimState = Chosen<ScimState>(query, "state"),
                SingleSignOnState = Chosen<SingleSignOnState>(query, "sso"),
            },
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<ProviderLine>(page.Items, page.Total);
    }

    private async Task LoadDraftsAsync() => _drafts = await drafts.ListAsync(await person.ActorAsync(), CancellationToken.None);

    private async Task RefreshAsync()
    {
        await LoadDraftsAsync();
        await (_list?.RefreshAsync() ?? Task.CompletedTask);
    }

    private async Task DiscardAsync(ProviderDraftView draft)
    {
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Wording.Fill(ProviderListTexts.DiscardTitle, NameOf(draft)), ProviderListTexts.DiscardConfirm)
            {
                Consequences = [ProviderListTexts.DiscardText],
                Act = async _ =>
                    (await drafts.DiscardAsync(draft.Id, await person.OriginAsync(), CancellationToken.None)).Match(
                        _ => null,
                        // It is gone already, which is what was asked for.
                        refusal => refusal.Kind == RefusalKind.NotFound ? null : refusal
                    ),
            }
        );
        await LoadDraftsAsync();
    }
}
