using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Leaving;

/// <summary>Somebody who still has access although their provider wanted them to be inactive.</summary>
/// <param name="Detail">Why the request was refused, as the client was told.</param>
public sealed record ShouldBeInactive(Guid Id, string Name, string UserName, DateTimeOffset At, string Detail, string RequestId);

/// <summary>How many of a provider's people should be inactive.</summary>
public sealed record ShouldBeInactiveCount(ProviderChoice Provider, int People);

/// <summary>
/// Keeps whom a provider could not deactivate or delete, so that an administrator sees who should be inactive. Whoever becomes inactive or
/// is blocked is not shown any more.
/// </summary>
public sealed class RefusedDeactivations(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    ChangeJournal journal,
    ChangeFeed feed
)
{
    private static readonly Refusal NotListed = new(RefusalKind.NotFound, "This person is not listed any more.");

    /// <summary>The latest first.</summary>
    public async Task<Page<ShouldBeInactive>> ListAsync(
        Actor actor,
        Guid providerId,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var open = Open(database).Where(row => row.Refused.ProviderId == providerId);
        var total = await open.CountAsync(cancellationToken);
        var rows = await open.OrderByDescending(row => row.Refused.At)
            .ThenBy(row => row.Refused.AccountId)
            .Skip(request.Skip)
            .Take(request.Rows)
            .ToListAsync(cancellationToken);
        return new Page<ShouldBeInactive>(
            rows.ConvertAll(row => new ShouldBeInactive(
                row.User.Id,
                row.User.Name,
                row.User.UserName ?? "",
                row.Refused.At,
                row.Refused.Detail,
                row.Refused.RequestId
            )),
            total
        );
    }

    /// <summary>The providers with such people, by name.</summary>
    public async Task<IReadOnlyList<ShouldBeInactiveCount>> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var counts = await (
            from row in Open(database)
            join provider in database.IdentityProviders on row.Refused.ProviderId equals provider.Id
            group row by new
            {
                provider.Id,
                provider.UniqueIdentifier,
                provider.DisplayName,
                provider.NormalizedDisplayName,
                provider.Vendor,
            } into people
            orderby people.Key.NormalizedDisplayName
            select new { people.Key, Count = people.Count() }
        ).ToListAsync(cancellationToken);
        return counts.ConvertAll(row => new ShouldBeInactiveCount(
            new ProviderChoice(row.Key.Id, row.Key.UniqueIdentifier, row.Key.DisplayName, row.Key.Vendor),
            row.Count
        ));
    }

    /// <summary>An administrator says that the person keeps the access.</summary>
    public Task<Outcome<Completed>> DismissAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var row = await Open(scope.Database).SingleOrDefaultAsync(row => row.Refused.AccountId == id, CancellationToken.None);
                if (row is null)
                {
                    return NotListed;
                }

                await ForgetAsync(scope, id);
                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(JournalKind.DeactivationDismissed)
                    {
                        ProviderId = row.Refused.ProviderId,
                        ResourceType = "User",
                        ResourceId = id.ToString("D"),
                        Subject = row.User.Name,
                    },
                    ChangeTopic.Users
                );
                return new Completed();
            },
            cancellationToken
        );

    /// <summary>Notes that a request of the provider that would have taken the person's access away was refused.</summary>
    internal Task NoteAsync(ProvisioningCall caller, Guid id, string detail) =>
        writePath.RunAsync(
            caller.ProviderId,
            async scope =>
            {
                await using var statement = scope.Statement(
                    """
                    INSERT INTO refused_deactivations("AccountId", "ProviderId", "At", "Detail", "RequestId")
                    SELECT a."Id", $provider, $now, $detail, $request FROM accounts a
                    WHERE a."Id" = $id AND a."ProviderId" = $provider AND a."Active" = 1 AND a."DeletedAt" IS NULL
                    ON CONFLICT("AccountId") DO UPDATE SET "At" = excluded."At", "Detail" = excluded."Detail",
                        "ProviderId" = excluded."ProviderId", "RequestId" = excluded."RequestId"
                    """,
                    ("$id", id),
                    ("$provider", caller.ProviderId),
                    ("$now", scope.Now),
                    ("$detail", detail),
                    ("$request", caller.Origin.RequestId)
                );
                if (await statement.ExecuteNonQueryAsync() > 0)
                {
                    scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Users, caller.ProviderId)));
                }

                return true;
            },
            CancellationToken.None
        );

    /// <summary>Inside the write that takes the access away.</summary>
    internal static async Task ForgetAsync(WriteScope scope, Guid id)
    {
        await using var statement = scope.Statement("""DELETE FROM refused_deactivations WHERE "AccountId" = $id""", ("$id", id));
        await statement.ExecuteNonQueryAsync();
    }

    private static IQueryable<OpenRow> Open(NinjaIamDbContext database) =>
        from refused in database.RefusedDeactivations.AsNoTracking()
        join user in database.Users.AsNoTracking() on refused.AccountId equals user.Id
        where user.ProviderId == refused.ProviderId && user.Active && !user.Blocked && user.DeletedAt == null
        select new OpenRow { Refused = refused, User = user };

    private sealed class OpenRow
    {
        public required RefusedDeactivation Refused { get; init; }

        public required User User { get; init; }
    }
}
