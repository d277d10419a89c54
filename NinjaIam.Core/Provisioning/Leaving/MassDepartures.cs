using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning.Leaving;

/// <summary>A mass departure that nobody has dealt with yet, and whose it is.</summary>
public sealed record OpenDeparture(MassDeparture Departure, ProviderChoice Provider);

/// <param name="Refused">Who could not be brought back: somebody else has the name or another value by now, or the provider may not create them any more.</param>
public sealed record RestoredPeople(int People, int Refused);

/// <summary>What an administrator does about many people who left at once.</summary>
public sealed class MassDepartures
{
    // So many are brought back in one write; others have their turn in between.
    private const int AtOnce = 100;

    private static readonly Refusal NotOpen = new(RefusalKind.NotFound, "Somebody has dealt with this meanwhile.");

    private readonly ResourceType _type;
    private readonly UserWriter _writer;
    private readonly IWritePath _writePath;
    private readonly IDbContextFactory<NinjaIamDbContext> _databases;
    private readonly ChangeJournal _journal;

    public MassDepartures(
        SchemaRegistry schemas,
        IWritePath writePath,
        IDbContextFactory<NinjaIamDbContext> databases,
        Sessions sessions,
        ChangeJournal journal
    )
    {
        (_type, _writePath, _databases, _journal) = (schemas.User, writePath, databases, journal);
        _writer = new UserWriter(_type, sessions, journal);
    }

    /// <summary>Those nobody has dealt with, the latest first.</summary>
    /// <param name="providerId">Null for every provider.</param>
    public async Task<IReadOnlyList<OpenDeparture>> OpenAsync(Actor actor, Guid? providerId, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await (
            from departure in database.MassDepartures.AsNoTracking()
            join provider in database.IdentityProviders on departure.ProviderId equals provider.Id
            where departure.ClosedAt == null && (providerId == null || departure.ProviderId == providerId)
            orderby departure.NoticedAt descending
            select new OpenDeparture(
                departure,
                new ProviderChoice(provider.Id, provider.UniqueIdentifier, provider.DisplayName, provider.Vendor)
            )
        ).ToListAsync(cancellationToken);
    }

    /// <summary>It is meant so: what was held back may happen for the next 24 hours.</summary>
    public Task<Outcome<Completed>> ApproveAsync(int id, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            origin,
            async (scope, departure) =>
            {
                (departure.ApprovedAt, departure.ClosedAt, departure.ClosedBy) = (scope.Now, scope.Now, origin.Actor.Name);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await JournalAsync(scope, origin, JournalKind.MassDepartureApproved, departure, departure.People);
                return new Completed();
            },
            cancellationToken
        );

    /// <summary>
    /// Makes everybody active again whom the provider deactivated or deleted in this departure, with the roles and groups they had. It can be
    /// repeated when it was interrupted.
    /// </summary>
    public async Task<Outcome<RestoredPeople>> RestoreAsync(int id, Origin origin, CancellationToken cancellationToken)
    {
        var (people, refused) = (0, 0);
        Refusal? refusal = null;
        for (var goesOn = true; goesOn; )
        {
            var outcome = await _writePath.RunAsync<Outcome<Step>>(scope => RestoreSomeAsync(scope, id, origin), cancellationToken);
            var step = outcome.Match<Step?>(
                done => done,
                reason =>
                {
                    refusal = reason;
                    return null;
                }
            );
            people += step?.Restored ?? 0;
            refused += step?.Refused ?? 0;
            goesOn = step is { IsLast: false };
        }

        if (refusal is not null)
        {
            return refusal;
        }

        var closed = await ChangeAsync(
            id,
            origin,
            async (scope, departure) =>
            {
                (departure.ClosedAt, departure.ClosedBy) = (scope.Now, origin.Actor.Name);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await JournalAsync(scope, origin, JournalKind.PeopleReactivated, departure, people);
                return new Completed();
            },
            CancellationToken.None
        );
        return closed.Match<Outcome<RestoredPeople>>(_ => new RestoredPeople(people, refused), reason => reason);
    }

    private async Task<Outcome<Step>> RestoreSomeAsync(WriteScope scope, int id, Origin origin)
    {
        if (await scope.RefuseOthersAsync(origin) is { } notAllowed)
        {
            return notAllowed;
        }

        if (await scope.Database.MassDepartures.FindAsync([id], CancellationToken.None) is not { ClosedAt: null } departure)
        {
            return NotOpen;
        }

        var provider = await ProviderInScope.LoadAsync(scope, departure.ProviderId);
        var left = await LeftAsync(scope, departure);
        var (restored, refused) = (0, 0);
        foreach (var (account, groups) in left)
        {
            switch (await RestoreOneAsync(scope, provider, account, groups, origin))
            {
                case true:
                    restored++;
                    break;
                case false:
                    refused++;
                    break;
                default:
                    break;
            }

            await RunAsync(
                scope,
                """DELETE FROM departures WHERE "ProviderId" = $provider AND "AccountId" = $account""",
                provider.Id,
                account
            );
        }

        return new Step(restored, refused, left.Count < AtOnce);
    }

    /// <summary>True when done, false when refused, null when there is nothing to do about the person.</summary>
    private async Task<bool?> RestoreOneAsync(
        WriteScope scope,
        ProviderInScope provider,
        Guid account,
        IReadOnlyList<long> groups,
        Origin origin
    )
    {
        if (await ResourceReads.EvenDeletedAsync(scope.Statement, provider.Id, _type.Name, account) is not { Active: false } row)
        {
            return null;
        }

        var stored = JsonNode.Parse(row.Doc)!.AsObject();
        var wanted = stored.DeepClone().AsObject();
        wanted["active"] = true;
        var outcome = await _writer.WriteAsync(
            scope,
            provider,
            origin,
            row.DeletedAt is null ? UserWrite.Change : UserWrite.Return,
            row,
            UserState.OfStored(_type, stored, row),
            UserState.Of(_type, Scim.Resources.ResourceDocument.InOrder(_type, wanted), active: true)
        );
        if (outcome.IsRefused)
        {
            return false;
        }

        foreach (var group in groups)
        {
            await JoinAsync(scope, provider, group, row, origin);
        }

        await RunAsync(
            scope,
            """UPDATE role_grants SET "WaitingSince" = NULL WHERE "AccountId" = $account AND $provider IS NOT NULL""",
            provider.Id,
            account
        );
        return true;
    }

    /// <summary>A group that was deleted meanwhile is passed over.</summary>
    private async Task JoinAsync(WriteScope scope, ProviderInScope provider, long group, ResourceRow person, Origin origin)
    {
        await using (
            var live = scope.Statement(
                "SELECT 1 FROM resources WHERE seq = $group AND provider = $provider AND deleted_at IS NULL",
                ("$group", group),
                ("$provider", provider.Id)
            )
        )
        {
            if (await live.ExecuteScalarAsync() is null)
            {
                return;
            }
        }

        if ((await MemberWrites.AddAsync(scope, group, [person.Seq])).Count > 0)
        {
            var (id, name, version) = await ResourceWrites.TouchAsync(scope, group);
            await MemberJournal.AppendAsync(
                _journal,
                scope,
                new ProvisioningCall(provider.Id, origin),
                new MemberJournal.Group(id, name, version - 1, version),
                [person.Id],
                [],
                null
            );
        }
    }

    private static async Task<IReadOnlyList<(Guid Account, IReadOnlyList<long> Groups)>> LeftAsync(
        WriteScope scope,
        MassDeparture departure
    )
    {
        await using var statement = scope.Statement(
            """
            SELECT "AccountId", "Groups" FROM departures WHERE "ProviderId" = $provider AND "At" >= $since ORDER BY "At", "AccountId" LIMIT $most
            """,
            ("$provider", departure.ProviderId),
            ("$since", departure.Since),
            ("$most", AtOnce)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var left = new List<(Guid, IReadOnlyList<long>)>();
        while (await rows.ReadAsync())
        {
            var groups = (rows.GetText(1) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
            left.Add((rows.GetId(0), [.. groups.Select(group => long.Parse(group, CultureInfo.InvariantCulture))]));
        }

        return left;
    }

    private static async Task RunAsync(WriteScope scope, string sql, Guid provider, Guid account)
    {
        await using var statement = scope.Statement(sql, ("$provider", provider), ("$account", account));
        await statement.ExecuteNonQueryAsync();
    }

    private Task<Outcome<Completed>> ChangeAsync(
        int id,
        Origin origin,
        Func<WriteScope, MassDeparture, Task<Outcome<Completed>>> change,
        CancellationToken cancellationToken
    ) =>
        _writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } notAllowed)
                {
                    return notAllowed;
                }

                return await scope.Database.MassDepartures.FindAsync([id], CancellationToken.None) is { ClosedAt: null } departure
                    ? await change(scope, departure)
                    : NotOpen;
            },
            cancellationToken
        );

    private async Task JournalAsync(WriteScope scope, Origin origin, string kind, MassDeparture departure, int people)
    {
        var provider = await scope
            .Database.IdentityProviders.AsNoTracking()
            .SingleAsync(row => row.Id == departure.ProviderId, CancellationToken.None);
        await _journal.AppendAsync(
            scope,
            origin,
            ProviderWriter.EntryOf(kind, provider, [new ChangedValue("people", null, people.ToString(CultureInfo.InvariantCulture))]),
            ChangeTopic.Users
        );
    }

    private sealed record Step(int Restored, int Refused, bool IsLast);
}
