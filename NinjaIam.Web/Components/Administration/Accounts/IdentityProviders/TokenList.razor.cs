using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Every live SCIM token, the first to expire first.</summary>
public sealed partial class TokenList(Providers providers, CurrentPerson person) : ComponentBase
{
    private static readonly ChangeTopic[] Watched = [ChangeTopic.Providers, ChangeTopic.Tokens];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private ListPage<TokenLine>? _list;

    private static string Count(long total) =>
        total == 1 ? ProviderListTexts.TokensCountOne : Wording.Fill(ProviderListTexts.TokensCount, total);

    private async Task<ListRows<TokenLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await providers.TokensAsync(await person.ActorAsync(), new PageRequest(query.Skip, query.Size), cancellationToken);
        return new ListRows<TokenLine>(page.Items, page.Total);
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;
}
