using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

public sealed class LargeGroupTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    [Fact]
    [Proves("7644-3.4.2.1-2", "7644-3.12-t2")]
    public async Task Members_by_the_ten_thousand_are_journaled_in_rows_of_at_most_ten_thousand_and_never_listed_by_the_hundred_thousand()
    {
        var people = await Contoso.AddUsersAsync(10_001);
        var everybody = await Contoso.AddGroupAsync("Everybody 0", people);

        await using (var database = _host.Read())
        {
            var (rows, values) = (database.JournalRows, database.JournalValues);
            var added = await (
                from row in rows
                join value in values on row.Seq equals value.Seq
                where row.Kind == JournalKind.GroupMembersChanged && row.ResourceId == everybody
                orderby row.Seq
                select value.Added
            ).ToListAsync();
            Assert.Equal([10_000, 1], added);
        }

        var whole = await Contoso.GetAsync($"/Groups/{everybody}");
        Assert.Equal(people.Order(), whole.Body["members"]!.AsArray().Select(member => member!["value"]!.GetValue<string>()).Order());

        var groups = (ResourceQueries.MostMembers / people.Length) + 1;
        for (var index = 1; index < groups; index++)
        {
            await Contoso.AddGroupAsync($"Everybody {index}", people);
        }

        var refused = await Contoso.GetAsync("/Groups");
        refused.AssertError(400, "tooMany", "excludedAttributes=members");
        var without = await Contoso.GetAsync("/Groups?excludedAttributes=members");
        Assert.Equal(groups, without.Body["totalResults"]!.GetValue<int>());
        var few = await Contoso.GetAsync("/Groups?count=2");
        Assert.Equal([people.Length, people.Length], few.Body["Resources"]!.AsArray().Select(found => found!["members"]!.AsArray().Count));
    }

    [Fact]
    public async Task Operations_that_name_one_member_each_are_one_step()
    {
        var people = await Contoso.AddUsersAsync(50);
        var group = await Contoso.AddGroupAsync("Helpdesk");
        var operations = Enumerable
            .Range(0, 40)
            .SelectMany(_ => people)
            .Select(id => $$"""{"op":"add","path":"members","value":[{"value":"{{id}}"}]}""");

        var reply = await Contoso.PatchAsync($"/Groups/{group}", string.Join(',', operations));

        Assert.Equal(204, reply.Status);
        var found = await Contoso.GetAsync($"/Groups/{group}");
        Assert.Equal(people.Length, found.Body["members"]!.AsArray().Count);
    }

    [Fact]
    public async Task Adding_and_removing_in_turn_without_end_is_refused()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        var group = await Contoso.AddGroupAsync("Helpdesk");
        var turns = Enumerable
            .Range(0, (PatchApplier.MostMemberSteps / 2) + 1)
            .Select(_ =>
                $$"""{"op":"add","path":"members","value":[{"value":"{{ada}}"}]},{"op":"remove","path":"members[value eq \"{{ada}}\"]"}"""
            );

        var reply = await _host.RefusedAsync(() => Contoso.PatchAsync($"/Groups/{group}", string.Join(',', turns)));

        reply.AssertError(413, null, "Split it");
    }
}
