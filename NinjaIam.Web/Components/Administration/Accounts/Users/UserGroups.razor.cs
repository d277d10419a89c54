using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>The groups that the identity provider put somebody in.</summary>
public sealed partial class UserGroups(DirectoryQueries directory, CurrentPerson current) : UserPart
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Groups];

    private ListPage<MembershipLine>? _list;

    private static string CountText(long count) => count == 1 ? UserTexts.GroupsCountOne : Wording.Fill(UserTexts.GroupsCount, count);

    private async Task<ListRows<MembershipLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await directory.ListGroupsOfAsync(
            await current.ActorAsync(),
            Person.Person.Id,
            new PageRequest(query.Skip, query.Size),
            cancellationToken
        );
        return new ListRows<MembershipLine>(page.Items, page.Total);
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;
}
