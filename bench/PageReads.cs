using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Permitted;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Provisioning.Leaving;
using Directory = NinjaIam.Core.Accounts.People;

namespace NinjaIam.Bench;

/// <summary>
/// What the pages of the portal read from a large directory: the calls of services that a page makes when it is opened, one after the other
/// as it makes them. Drawing it is not counted.
/// </summary>
internal static class PageReads
{
    public const string Work = "pages";
    public const int Size = 100_000;
    public const int Groups = 10_000;

    private const int MembersOfGroup = 10;
    private const int MappedGroups = 100;
    private const int Rows = 25;
    private const int Fewest = 20;
    private const double LimitMilliseconds = 300;

    /// <summary>Puts people into groups and maps some of the groups to a role.</summary>
    public static async Task FillAsync(CoreDirectory core, IReadOnlyList<Guid> people, CancellationToken cancellationToken)
    {
        var role = Done(
            await core.Get<Roles>()
                .CreateAsync(AccountKind.EndUser, new RoleInput { Name = "Reader" }, Origin.Of(Actor.System), cancellationToken)
        );
        var mapped = new List<NewMapping>();
        for (var number = 0; number < Groups; number++)
        {
            var members = Enumerable.Range(number * MembersOfGroup, MembersOfGroup).Select(index => people[index % people.Count]);
            var body = new FilledRequest(Bench.People.Group($"Group {number:D5}", members)).Bytes;
            var id = await core.CreateGroupAsync(body, cancellationToken);
            if (number % (Groups / MappedGroups) == 0)
            {
                mapped.Add(new NewMapping(role, id, null, null));
            }
        }

        Done(
            await core.Get<RoleMappings>()
                .SaveAsync(core.ProviderId, new MappingChanges(mapped, []), null, Origin.Of(Actor.System), cancellationToken)
        );
    }

    public static async Task<IReadOnlyList<Figure>> RunAsync(
        CoreDirectory core,
        IReadOnlyList<Guid> ids,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var actor = Actor.System;
        var (people, directory, roles, mappings) = (
            core.Get<Directory>(),
            core.Get<DirectoryQueries>(),
            core.Get<Roles>(),
            core.Get<RoleMappings>()
        );
        var (providers, managed, activities) = (core.Get<Providers>(), core.Get<ManagedPeople>(), core.Activities);
        var choice = (await providers.ChoicesAsync(actor, cancellationToken)).Single();
        var groups = await directory.ListGroupsAsync(actor, new GroupFilter(), new PageRequest(0, Rows), cancellationToken);
        var role = (await roles.ChoicesAsync(actor, AccountKind.EndUser, cancellationToken))[0];
        var figures = new List<Figure>();
        await AddAsync(
            "Dashboard",
            async _ =>
            {
                await providers.NeedingAttentionAsync(actor, cancellationToken);
                await providers.CountAsync(actor, cancellationToken);
                await providers.ListAsync(
                    actor,
                    new ProviderFilter { ScimState = ScimState.NotEnabled },
                    new PageRequest(0, 1),
                    cancellationToken
                );
                await people.CountAsync(actor, new PeopleFilter(), cancellationToken);
                await people.CountAsync(actor, new PeopleFilter { Manual = true }, cancellationToken);
                await people.CountAsync(actor, new PeopleFilter { Status = AccountStatus.Inactive }, cancellationToken);
                await activities.RefusalsSinceAsync(actor, null, DateTimeOffset.UtcNow.AddDays(-1), cancellationToken);
                await activities.ListAsync(actor, new ActivityFilter(), 8, cancellationToken);
                await providers.TokensAsync(actor, new PageRequest(0, 5), cancellationToken);
                await core.Get<Adoptions>().CountWaitingAsync(actor, cancellationToken);
                await core.Get<RefusedDeactivations>().CountAsync(actor, cancellationToken);
                await core.Get<MassDepartures>().OpenAsync(actor, null, cancellationToken);
            }
        );
        await AddListAsync("All users", new PeopleFilter(), new PageRequest(0, Rows));
        await AddListAsync("All users, the last page", new PeopleFilter(), new PageRequest(ids.Count - Rows, Rows));
        await AddListAsync("All users by email, descending", new PeopleFilter(), new PageRequest(0, Rows, "-email"));
        await AddListAsync("All users, Inactive", new PeopleFilter { Status = AccountStatus.Inactive }, new PageRequest(0, Rows));
        await AddListAsync("All users, technicians without a role", new PeopleFilter { WithoutRole = true }, new PageRequest(0, Rows));
        await AddListAsync("All users of an organization", new PeopleFilter { OrganizationId = 1 }, new PageRequest(0, Rows));
        await AddAsync(
            "All users, part of a name",
            random =>
                people.ListAsync(
                    actor,
                    new PeopleFilter { Search = $"{random.Next(ids.Count)}@" },
                    new PageRequest(0, Rows),
                    cancellationToken
                )
        );
        await AddAsync(
            "Search, part of a name",
            random => core.Get<DirectorySearch>().FindAsync(actor, $"{random.Next(ids.Count)}@", cancellationToken)
        );
        await AddAsync(
            "Search, nothing found",
            random => core.Get<DirectorySearch>().FindAsync(actor, $"nobody {random.Next()}", cancellationToken)
        );
        await AddAsync(
            "a person, all tabs",
            async random =>
            {
                var id = ids[random.Next(ids.Count)];
                await people.FindAsync(actor, id, cancellationToken);
                await providers.ChoicesAsync(actor, cancellationToken);
                await managed.ChangedOfAsync(actor, choice.Id, id, cancellationToken);
                await core.Get<PersonEditing>().FindAsync(actor, id, cancellationToken);
                await directory.ListGroupsOfAsync(actor, id, new PageRequest(0, Rows), cancellationToken);
                await roles.OfPersonAsync(actor, id, cancellationToken);
            }
        );
        await AddGroupsAsync("Groups", new GroupFilter(), new PageRequest(0, Rows));
        await AddGroupsAsync("Groups by members, descending", new GroupFilter(), new PageRequest(0, Rows, "-members"));
        await AddGroupsAsync("Groups, part of a name", new GroupFilter { Search = "p 0777" }, new PageRequest(0, Rows));
        await AddAsync(
            "a group and its members",
            async random =>
            {
                var id = groups.Items[random.Next(groups.Items.Count)].Id;
                await directory.FindGroupAsync(actor, id, cancellationToken);
                await directory.ListMembersAsync(actor, id, null, new PageRequest(0, Rows), cancellationToken);
            }
        );
        await AddAsync("an identity provider", _ => providers.FindAsync(actor, choice.UniqueIdentifier, cancellationToken));
        await AddListAsync("its Users", new PeopleFilter { ProviderId = choice.Id }, new PageRequest(0, Rows));
        await AddAsync(
            "its Users changed here",
            _ => managed.ListChangedHereAsync(actor, choice.Id, new PageRequest(0, Rows), cancellationToken)
        );
        await AddAsync(
            "its Group to role mapping",
            async _ =>
            {
                await mappings.ListGroupsAsync(actor, choice.Id, new MappedGroupFilter(), new PageRequest(0, Rows), cancellationToken);
                await mappings.ListValuesAsync(actor, choice.Id, cancellationToken);
            }
        );
        await AddAsync(
            "the preview of a mapping",
            random =>
                mappings.PreviewAsync(
                    actor,
                    choice.Id,
                    new MappingChanges([new NewMapping(role.Id, groups.Items[random.Next(groups.Items.Count)].Id, null, null)], []),
                    cancellationToken
                )
        );
        await AddAsync(
            "End user roles",
            _ => roles.ListAsync(actor, AccountKind.EndUser, null, new PageRequest(0, Rows), cancellationToken)
        );
        await AddTechnicianAsync("a technician of one organization", isEverywhere: false);
        await AddTechnicianAsync("a technician of all organizations", isEverywhere: true);
        return figures;

        async Task AddTechnicianAsync(string name, bool isEverywhere)
        {
            var technician = await AddPersonAsync(core, isEverywhere, cancellationToken);
            var (seen, request) = (core.Get<PermittedPeople>(), new PageRequest(0, Rows));
            await AddAsync($"Home of {name}", _ => core.Get<OwnAccount>().FindAsync(technician, cancellationToken));
            await AddAsync(
                $"Users of {name}",
                async _ =>
                {
                    await core.Get<PermittedOrganizations>().ChoicesAsync(technician, cancellationToken);
                    await seen.ListAsync(technician, new PermittedPeopleFilter(), request, cancellationToken);
                }
            );
            await AddAsync(
                $"a person for {name}",
                async random =>
                {
                    var id = ids[random.Next(ids.Count)];
                    await seen.FindAsync(technician, id, cancellationToken);
                    await core.Get<PermittedGroups>().OfPersonAsync(technician, id, request, cancellationToken);
                    await core.Get<PermittedActivities>().OfPersonAsync(technician, id, Rows, cancellationToken);
                }
            );
            await AddAsync($"Groups of {name}", _ => core.Get<PermittedGroups>().ListAsync(technician, null, request, cancellationToken));
            await AddAsync(
                $"Organizations of {name}",
                _ => core.Get<PermittedOrganizations>().ListAsync(technician, null, request, cancellationToken)
            );
        }

        Task AddListAsync(string name, PeopleFilter filter, PageRequest request) =>
            AddAsync(name, _ => people.ListAsync(actor, filter, request, cancellationToken));

        Task AddGroupsAsync(string name, GroupFilter filter, PageRequest request) =>
            AddAsync(name, _ => directory.ListGroupsAsync(actor, filter, request, cancellationToken));

        async Task AddAsync(string name, Func<Random, Task> read)
        {
            var times = new Histogram();
            var random = new Random(1);
            try
            {
                await read(random);
            }
            catch (SqliteException exception)
            {
                figures.Add(new Figure(Work, name, $"failed: {exception.Message}", []) { Failed = true });
                return;
            }

            var begin = Stopwatch.GetTimestamp();
            while (times.Count < Fewest || Stopwatch.GetElapsedTime(begin) < duration)
            {
                var one = Stopwatch.GetTimestamp();
                await read(random);
                times.Record(Stopwatch.GetTimestamp() - one);
            }

            figures.Add(Figure.OfTimes(Work, name, "", times, LimitMilliseconds));
        }
    }

    /// <summary>A technician with every permission, in the organization that everybody belongs to or in all.</summary>
    private static async Task<Actor> AddPersonAsync(CoreDirectory core, bool isEverywhere, CancellationToken cancellationToken)
    {
        var role = Done(
            await core.Get<Roles>()
                .CreateAsync(
                    AccountKind.Technician,
                    new RoleInput
                    {
                        Name = $"Help desk {isEverywhere}",
                        Permissions =
                        [
                            .. Permissions.For(AccountKind.Technician).Select(kind => new PermissionInput(kind, isEverywhere, [1])),
                        ],
                    },
                    Origin.Of(Actor.System),
                    cancellationToken
                )
        );
        var person = Done(
            await core.Get<ManualPeople>()
                .AddAsync(
                    new NewPerson
                    {
                        GivenName = "Tom",
                        FamilyName = "Berg",
                        Email = $"tom.{isEverywhere}@staff.example",
                        Kind = AccountKind.Technician,
                        RoleIds = [role],
                    },
                    Origin.Of(Actor.System),
                    cancellationToken
                )
        );
        return new Actor(ActorKind.Person, person.AccountId, "Tom Berg");
    }

    private static T Done<T>(Outcome<T> outcome) => outcome.Match(value => value, refusal => throw new WorkFailedException(refusal.Detail));
}
