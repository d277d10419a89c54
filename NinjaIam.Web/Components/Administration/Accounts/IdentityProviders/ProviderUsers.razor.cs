using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The people whom a provider manages.</summary>
public sealed partial class ProviderUsers(People people, CurrentPerson person)
{
    private static readonly ChangeTopic[] Watched = [ChangeTopic.Users];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private ListPage<PersonLine>? _list;

    private static string Count(long total) =>
        total == 1 ? ProviderPageTexts.UsersCountOne : Wording.Fill(ProviderPageTexts.UsersCount, total);

    private static string OrganizationsOf(PersonLine line) =>
        line.AllOrganizations ? ProviderPageTexts.AllOrganizations
        : line.Organizations.Count == 0 ? SharedTexts.NothingToShow
        : string.Join(", ", line.Organizations);

    private static string TypeOf(AccountKind kind) =>
        kind switch
        {
            AccountKind.Technician => ProviderPageTexts.TypeTechnician,
            AccountKind.SystemAdministrator => ProviderPageTexts.TypeSystemAdministrator,
            _ => ProviderPageTexts.TypeEndUser,
        };

    private async Task<ListRows<PersonLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await people.ListAsync(
            await person.ActorAsync(),
            new PeopleFilter { Search = query.Search, ProviderId = Provider.Id },
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<PersonLine>(page.Items, page.Total);
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;
}
