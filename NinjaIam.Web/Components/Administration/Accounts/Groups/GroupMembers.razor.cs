using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Groups;

/// <summary>The people in a group, a page at a time.</summary>
public sealed partial class GroupMembers(DirectoryQueries directory, CurrentPerson person) : ComponentBase
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Groups, ChangeTopic.Users];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private ListPage<MemberLine>? _list;

    [Parameter, EditorRequired]
    public required GroupLine Group { get; set; }

    private static string CountText(long count) => count == 1 ? GroupTexts.MembersCountOne : Wording.Fill(GroupTexts.MembersCount, count);

    private async Task<ListRows<MemberLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await directory.ListMembersAsync(
            await person.ActorAsync(),
            Group.Id,
            query.Search,
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<MemberLine>(page.Items, page.Total);
    }

    private Task RefreshAsync() => _list?.RefreshAsync() ?? Task.CompletedTask;
}
