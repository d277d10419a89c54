using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// What becomes of a provider's people when its connection is turned off and on. Each act is a few statements over all of them, however
/// many they are, except that those who differ from their documents are written one by one.
/// </summary>
public sealed class ManagedPeople(IWritePath writePath, IReadSessions readers, Sessions sessions, ChangeJournal journal, ChangeFeed feed)
    : IManagedPeople
{
    private static readonly Refusal NotReturning = new(
        RefusalKind.NotFound,
        "These people were brought back already, or more than 30 days ago they were deactivated."
    );

    /// <summary>The people who were changed here while SCIM was off or paused, by user name.</summary>
    public async Task<Page<ChangedHerePerson>> ListChangedHereAsync(
        Actor actor,
        Guid provider,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var reader = await readers.OpenReaderAsync(cancellationToken);
        reader.BeginSnapshot();
        var total = await ChangedHere.CountAsync(reader.Statement, provider);
        return new Page<ChangedHerePerson>(
            total == 0 ? [] : await ChangedHere.ListAsync(reader.Statement, provider, request.Skip, request.Rows),
            total
        );
    }

    /// <summary>What of one person was changed here, or nothing.</summary>
    public async Task<IReadOnlyList<ChangedHereValue>> ChangedOfAsync(
        Actor actor,
        Guid provider,
        Guid person,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var reader = await readers.OpenReaderAsync(cancellationToken);
        return (await ChangedHere.FindAsync(reader.Statement, provider, person))?.Values ?? [];
    }

    /// <inheritdoc/>
    public Task<int> CountChangedHereAsync(WriteScope scope, Guid provider) => ChangedHere.CountAsync(scope.Statement, provider);

    /// <inheritdoc/>
    public async Task ProjectAgainAsync(WriteScope scope, Guid provider, Origin origin)
    {
        var boundary = await ProviderInScope.LoadAsync(scope, provider);
        foreach (var person in await ChangedHere.ListAsync(scope.Statement, provider, 0, int.MaxValue))
        {
            await ProjectAsync(scope, boundary, person, origin);
        }

        await scope
            .Database.PeopleBatches.Where(batch => batch.ProviderId == provider && batch.UndoneAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(batch => batch.UndoneAt, scope.Now), CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task ConvertAsync(WriteScope scope, Guid provider, string providerName, Origin origin)
    {
        const string Live = """SELECT a."Id" FROM accounts a WHERE a."ProviderId" = $provider AND a."DeletedAt" IS NULL""";
        const string Rows = $"SELECT r.seq FROM resources r WHERE r.provider = $provider AND r.type = 'User' AND r.id IN ({Live})";
        var people = await CountAsync(scope, $"SELECT COUNT(*) FROM ({Live})", provider);

        // What a mapping gave is given by hand from here on: nobody loses a role by being converted.
        await RunAsync(
            scope,
            $"""
            INSERT OR IGNORE INTO role_grants("AccountId", "RoleId", "GrantedBy", "GrantedAt")
            SELECT DISTINCT e."AccountId", e."RoleId", $by, $now FROM {RoleRoutes.View} e
            WHERE e."Route" <> 0 AND e."AccountId" IN ({Live})
            """,
            ("$provider", provider),
            ("$by", origin.Actor.Name),
            ("$now", scope.Now)
        );
        await LeaveGroupsAsync(scope, provider, Rows, origin);
        await JournalConvertedAsync(scope, provider, Rows, origin);
        foreach (
            var table in (string[])
                ["members WHERE member_seq", "resource_values WHERE seq", "resource_unique WHERE seq", "resources WHERE seq"]
        )
        {
            await RunAsync(scope, $"DELETE FROM {table} IN ({Rows})", ("$provider", provider));
        }

        await RunAsync(
            scope,
            "UPDATE counters SET total = total - $people WHERE provider = $provider AND type = 'User'",
            ("$provider", provider),
            ("$people", people)
        );

        // Who was Inactive stays out: the provider's word becomes an administrator's, who can take it back.
        await RunAsync(
            scope,
            $"""
            UPDATE accounts SET "ProviderId" = NULL, "MayDiffer" = 0, "ConcurrencyStamp" = lower(hex(randomblob(16))),
                "BlockedAt" = CASE WHEN "Active" OR "Blocked" THEN "BlockedAt" ELSE $now END,
                "BlockedBy" = CASE WHEN "Active" OR "Blocked" THEN "BlockedBy" ELSE $by END,
                "Blocked" = "Blocked" OR NOT "Active", "Active" = 1
            WHERE "Id" IN ({Live})
            """,
            ("$provider", provider),
            ("$by", origin.Actor.Name),
            ("$now", scope.Now)
        );
        await JournalAsync(scope, origin, JournalKind.PeopleConverted, provider, providerName, people);
    }

    private async Task LeaveGroupsAsync(WriteScope scope, Guid provider, string people, Origin origin)
    {
        var leaving = new List<(long Group, Guid Person)>();
        await using (
            var statement = scope.Statement(
                $"""
                SELECT m.group_seq, p.id FROM members m JOIN resources p ON p.seq = m.member_seq WHERE m.member_seq IN ({people})
                ORDER BY m.group_seq, m.member_seq
                """,
                ("$provider", provider)
            )
        )
        {
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                leaving.Add((rows.GetInt64(0), rows.GetId(1)));
            }
        }

        foreach (var members in leaving.GroupBy(row => row.Group, row => row.Person))
        {
            var group = await ResourceWrites.TouchAsync(scope, members.Key);
            await MemberJournal.AppendAsync(
                journal,
                scope,
                new ProvisioningCall(provider, origin),
                new MemberJournal.Group(group.Id, group.Name, group.Version - 1, group.Version),
                [],
                [.. members],
                null
            );
        }
    }

    private async Task JournalConvertedAsync(WriteScope scope, Guid provider, string people, Origin origin)
    {
        var converted = new List<(Guid Id, long Version, string Name)>();
        await using (
            var statement = scope.Statement(
                $"""
                SELECT r.id, r.version, a."DisplayName", a."GivenName", a."FamilyName", a."UserName"
                FROM resources r JOIN accounts a ON a."Id" = r.id WHERE r.seq IN ({people}) ORDER BY r.seq
                """,
                ("$provider", provider)
            )
        )
        {
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var name = AccountName.Of(rows.GetText(2), rows.GetText(3), rows.GetText(4), rows.GetText(5));
                converted.Add((rows.GetId(0), rows.GetInt64(1), name));
            }
        }

        foreach (var (id, version, name) in converted)
        {
            await journal.AppendAsync(
                scope,
                origin,
                new JournalEntry(JournalKind.UserConverted)
                {
                    ProviderId = provider,
                    ResourceType = "User",
                    ResourceId = id.ToString("D"),
                    Subject = name,
                    VersionBefore = version,
                    VersionAfter = version + 1,
                },
                ChangeTopic.Users
            );
        }
    }

    /// <inheritdoc/>
    public async Task DeactivateAsync(WriteScope scope, Guid provider, string providerName, Origin origin)
    {
        const string Active = """
            SELECT a."Id" FROM accounts a
            WHERE a."ProviderId" = $provider AND a."Active" = 1 AND a."DeletedAt" IS NULL AND a."Kind" <> 2
            """;
        var people = await CountAsync(scope, $"SELECT COUNT(*) FROM ({Active})", provider);
        if (people == 0)
        {
            return;
        }

        var batch = new PeopleBatch
        {
            ProviderId = provider,
            At = scope.Now,
            By = origin.Actor.Name,
            People = people,
        };
        scope.Database.PeopleBatches.Add(batch);
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await RunAsync(
            scope,
            $"""INSERT INTO people_batch_members("BatchId", "AccountId") SELECT $batch, "Id" FROM ({Active})""",
            ("$provider", provider),
            ("$batch", batch.Id)
        );
        await RunAsync(
            scope,
            """
            UPDATE sessions SET "EndedAt" = $now
            WHERE "EndedAt" IS NULL AND "AccountId" IN (SELECT "AccountId" FROM people_batch_members WHERE "BatchId" = $batch)
            """,
            ("$batch", batch.Id),
            ("$now", scope.Now)
        );
        await RunAsync(
            scope,
            """
            UPDATE accounts SET "Active" = 0, "MayDiffer" = 1, "ConcurrencyStamp" = lower(hex(randomblob(16)))
            WHERE "Id" IN (SELECT "AccountId" FROM people_batch_members WHERE "BatchId" = $batch)
            """,
            ("$batch", batch.Id)
        );
        await scope.TouchAsync(Concern.Sessions);
        scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Sessions)));
        await JournalAsync(scope, origin, JournalKind.PeopleDeactivated, provider, providerName, people);
    }

    /// <summary>
    /// Brings exactly those people back who were deactivated together, within thirty days. Whom the provider itself made Inactive, or deleted,
    /// stays so.
    /// </summary>
    public Task<Outcome<Completed>> ReactivateAsync(int batchId, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var batch = await scope.Database.PeopleBatches.FindAsync([batchId], CancellationToken.None);
                if (batch is not { UndoneAt: null } || scope.Now - batch.At >= PeopleBatch.MayReturnFor)
                {
                    return NotReturning;
                }

                await using var statement = scope.Statement(
                    """
                    UPDATE accounts SET "Active" = 1, "ConcurrencyStamp" = lower(hex(randomblob(16)))
                    WHERE "Active" = 0 AND "DeletedAt" IS NULL AND "Id" IN (
                        SELECT m."AccountId" FROM people_batch_members m JOIN resources r ON r.id = m."AccountId"
                        WHERE m."BatchId" = $batch AND r.active = 1 AND r.deleted_at IS NULL)
                    """,
                    ("$batch", batchId)
                );
                var people = await statement.ExecuteNonQueryAsync();
                batch.UndoneAt = scope.Now;
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                var provider = await scope.Database.IdentityProviders.SingleAsync(
                    row => row.Id == batch.ProviderId,
                    CancellationToken.None
                );
                await JournalAsync(scope, origin, JournalKind.PeopleReactivated, provider.Id, provider.DisplayName, people);
                return new Completed();
            },
            cancellationToken
        );

    private async Task ProjectAsync(WriteScope scope, ProviderInScope provider, ChangedHerePerson person, Origin origin)
    {
        var row =
            await ResourceReads.ByIdAsync(scope.Statement, provider.Id, "User", person.Id)
            ?? throw new InvalidOperationException("A managed person has no resource.");
        var values = UserProjection.Of(JsonNode.Parse(row.Doc)!.AsObject(), row.Active);
        var names = values.Names();
        var written = person.Values;
        if (await ManagedAccounts.ByNameAsync(scope, names.NameKey) is { } holder && holder.Id != person.Id)
        {
            // Somebody else was given the name meanwhile: they keep it, and the person is still shown as changed here.
            names = names with
            {
                UserName = person.UserName,
                NameKey = TextKey.Of(person.UserName),
            };
            written = [.. written.Where(value => value.Attribute != "userName")];
        }

        Placement? placement = null;
        if (written.Any(value => value.Attribute == "organizationId"))
        {
            // An organization that the provider may not use any more is nowhere to put somebody.
            (await Placement.ReadAsync(scope, provider, values.OrganizationId)).TryGet(out placement, out _);
        }

        var account = await ManagedAccounts.ByIdAsync(scope, person.Id);
        await ManagedAccounts.UpdateAsync(scope, person.Id, names, values.Kind, placement?.All);
        var taken =
            values.Kind is { } kind && kind != account.Kind ? await GrantsOfManaged.TakeOtherKindsAsync(scope, person.Id, kind) : [];
        if (placement is not null)
        {
            await ManagedAccounts.PlaceAsync(scope, person.Id, placement.Organizations, isNew: false);
        }

        if (written.Count < person.Values.Count || (placement is null && written.Any(value => value.Attribute == "organizationId")))
        {
            await ManagedAccounts.MarkAsync(scope, person.Id);
        }

        if (!values.Active)
        {
            await sessions.EndAllAsync(scope, person.Id);
        }

        if (written.Count > 0)
        {
            await journal.AppendAsync(
                scope,
                origin,
                new JournalEntry(JournalKind.UserProjected)
                {
                    ProviderId = provider.Id,
                    ResourceType = "User",
                    ResourceId = person.Id.ToString("D"),
                    Subject = names.Name,
                    Changes =
                    [
                        .. written.Select(value => new ChangedValue(value.Attribute, value.Here, value.Theirs)),
                        .. taken.Select(role => new ChangedValue("role", role, null)),
                    ],
                },
                ChangeTopic.Users
            );
        }
    }

    private Task JournalAsync(WriteScope scope, Origin origin, string kind, Guid provider, string name, int people)
    {
        scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Groups, provider)));
        scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Providers, provider)));
        return journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(kind)
            {
                ProviderId = provider,
                ResourceType = "Provider",
                Subject = name,
                Changes = [new ChangedValue("people", null, people.ToString(CultureInfo.InvariantCulture))],
            },
            ChangeTopic.Users
        );
    }

    private static async Task<int> CountAsync(WriteScope scope, string sql, Guid provider)
    {
        await using var statement = scope.Statement(sql, ("$provider", provider));
        return Convert.ToInt32(await statement.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task RunAsync(WriteScope scope, string sql, params (string, object?)[] parameters)
    {
        await using var statement = scope.Statement(sql, parameters);
        await statement.ExecuteNonQueryAsync();
    }
}
