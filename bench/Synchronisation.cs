using System.Diagnostics;

namespace NinjaIam.Bench;

/// <summary>What an identity provider does when provisioning is turned on: look for each person, create them, then fill the groups.</summary>
internal static class Synchronisation
{
    private const int MembersOfAGroup = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public static async Task<Figure> RunAsync(Portal portal, bool quick, CancellationToken cancellationToken)
    {
        var people = quick ? 1_000 : 100_000;
        var groups = people / MembersOfAGroup;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var target = portal.Target;
        var ids = new Guid[people];
        var begin = Stopwatch.GetTimestamp();
        await OnAllConnectionsAsync(AddPeopleAsync);
        await OnAllConnectionsAsync(AddGroupsAsync);
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        var resident = portal.ResidentMegabytes();
        Goal[] goals = quick ? [] : [Goal.Below(seconds, 60, "s"), Goal.Below(resident, 250, "MB")];
        return new Figure(
            "sync",
            $"{people:N0} people, {groups:N0} groups of {MembersOfAGroup}",
            $"{seconds:N1} s, then {resident:N0} MB",
            goals
        );

        Task OnAllConnectionsAsync(Func<Client, int, Task> work) =>
            Task.WhenAll(
                Enumerable
                    .Range(0, Load.Connections)
                    .Select(number =>
                        Task.Run(
                            async () =>
                            {
                                using var client = await Client.OpenAsync(target, limit.Token);
                                await work(client, number);
                            },
                            limit.Token
                        )
                    )
            );

        async Task AddPeopleAsync(Client client, int connection)
        {
            var filter = Uri.EscapeDataString("userName eq \"person-") + RequestTemplate.Number + Uri.EscapeDataString("@example.com\"");
            var find = new RequestTemplate("GET", $"/Users?filter={filter}").For(target);
            var create = new RequestTemplate("POST", "/Users", People.User(People.Seeded)).For(target);
            for (var number = connection; number < people; number += Load.Connections)
            {
                find.Fill(number, default);
                var found = await client.SendAsync(find, "Looking for a person", [200], limit.Token);
                if (found.Span.IndexOf("\"totalResults\":0"u8) < 0)
                {
                    throw new WorkFailedException("Somebody was found who was not created yet.");
                }

                create.Fill(number, default);
                ids[number] = Client.IdIn(await client.SendAsync(create, "Creating a person", [201], limit.Token));
            }
        }

        async Task AddGroupsAsync(Client client, int connection)
        {
            for (var group = connection; group < groups; group += Load.Connections)
            {
                var id = await client.CreateAsync("/Groups", People.Group($"Group {group}", []), limit.Token);
                var add = new RequestTemplate("PATCH", $"/Groups/{id:D}", People.AddMember).For(target);
                foreach (var member in ids.AsMemory(group * MembersOfAGroup, MembersOfAGroup).ToArray())
                {
                    add.Fill(0, member);
                    await client.SendAsync(add, "Adding a member", [204, 200], limit.Token);
                }
            }
        }
    }
}
