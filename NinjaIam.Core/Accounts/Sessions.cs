using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>A session that is live, and the person whose it is.</summary>
public sealed record LiveSession(Guid Id, Guid AccountId, string Name, AccountKind Kind, string SecurityStamp)
{
    /// <summary>See <see cref="User.Language"/>.</summary>
    public string? Language { get; init; }

    /// <summary>See <see cref="User.TimeZone"/>.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>A session as its person, or a system administrator, sees it.</summary>
/// <param name="Address">The network address that it was started from; null when it is not known.</param>
/// <param name="UserAgent">What the browser said of itself then.</param>
/// <param name="SignedInAt">UTC.</param>
/// <param name="LastSeenAt">UTC, to the minute.</param>
public sealed record SessionLine(Guid Id, string? Address, string? UserAgent, DateTimeOffset SignedInAt, DateTimeOffset LastSeenAt);

/// <summary>
/// Starts, checks and ends sign-ins. A session lives for <see cref="SessionLimits.Idle"/> without a request, and twelve hours at most.
/// </summary>
public sealed class Sessions(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    ChangeJournal journal,
    ChangeFeed feed,
    IOptions<SessionLimits> limits,
    TimeProvider clock
)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private static readonly Refusal NotAllowed = new(RefusalKind.NotAllowed, "Only a system administrator may end the sessions of others.");

    /// <summary>Starts a session for somebody whose sign-in was checked, or answers null when they may not sign in (any more).</summary>
    /// <param name="isConfirmed">Whether what was checked is what a step-up asks this person for.</param>
    /// <param name="secondFactorBy">Who asked for a second factor in our place; null when nobody did.</param>
    public Task<LiveSession?> StartAsync(
        Guid accountId,
        Origin origin,
        CancellationToken cancellationToken,
        bool isConfirmed = false,
        string? secondFactorBy = null
    ) =>
        writePath.RunAsync(
            async scope =>
            {
                var user = await scope.Database.Users.SingleOrDefaultAsync(other => other.Id == accountId, CancellationToken.None);
                if (user is not { MaySignIn: true })
                {
                    return null;
                }

                var session = new Session
                {
                    Id = Guid.CreateVersion7(scope.Now),
                    AccountId = accountId,
                    CreatedAt = scope.Now,
                    LastSeenAt = scope.Now,
                    ConfirmedAt = isConfirmed ? scope.Now : null,
                    Address = origin.Address,
                    UserAgent = origin.UserAgent,
                };
                user.AccessFailedCount = 0;
                scope.Database.Sessions.Add(session);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await journal.AppendAsync(
                    scope,
                    origin with
                    {
                        Actor = user.AsActor(),
                    },
                    EntryOf(JournalKind.SignedIn, user) with
                    {
                        Changes = secondFactorBy is null ? [] : [new ChangedValue("secondFactor", null, secondFactorBy)],
                    },
                    ChangeTopic.Sessions
                );
                return new LiveSession(session.Id, user.Id, user.Name, user.Kind, user.SecurityStamp ?? "");
            },
            cancellationToken
        );

    /// <summary>The session and its person as they are now, or null when it ended, ran out, or the person may not sign in any more.</summary>
    public async Task<LiveSession?> FindAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from session in database.Sessions
            join user in database.Users on session.AccountId equals user.Id
            where session.Id == sessionId && session.EndedAt == null
            select new { session, user }
        )
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (
            found is null
            || !found.user.MaySignIn
            || now >= found.session.CreatedAt + Longest
            || now >= found.session.LastSeenAt + limits.Value.Idle
        )
        {
            return null;
        }

        return new LiveSession(sessionId, found.user.Id, found.user.Name, found.user.Kind, found.user.SecurityStamp ?? "")
        {
            Language = found.user.Language,
            TimeZone = found.user.TimeZone,
        };
    }

    /// <summary>Keeps a live session from running idle. Writes at most once a minute.</summary>
    public async Task SeenAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            var due = now - SeenEvery;
            if (
                !await database.Sessions.AnyAsync(
                    session => session.Id == sessionId && session.EndedAt == null && session.LastSeenAt < due,
                    cancellationToken
                )
            )
            {
                return;
            }
        }

        try
        {
            await writePath.RunAsync(
                async scope =>
                {
                    var session = await scope.Database.Sessions.SingleOrDefaultAsync(
                        other => other.Id == sessionId,
                        CancellationToken.None
                    );
                    if (session is { EndedAt: null })
                    {
                        session.LastSeenAt = scope.Now;
                        await scope.Database.SaveChangesAsync(CancellationToken.None);
                    }

                    return session is not null;
                },
                cancellationToken
            );
        }
        catch (Exception exception) when (exception is WriteQueueFullException || StorageFailure.IsUnavailable(exception))
        {
            // The next request notes it; a crowded writer or a full disk must not keep a signed-in person out.
        }
    }

    /// <summary>
    /// The live sessions of a person, the one seen last first; at most <see cref="PageRequest.MostRows"/>. One's own, or anybody's for a
    /// system administrator.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">Somebody else asks.</exception>
    public async Task<IReadOnlyList<SessionLine>> ListAsync(Actor actor, Guid accountId, CancellationToken cancellationToken)
    {
        if (actor is not { Kind: ActorKind.Person } || actor.Id != accountId)
        {
            actor.MustBeAdministrator();
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var (started, seen) = (now - Longest, now - limits.Value.Idle);
        return await database
            .Sessions.Where(session =>
                session.AccountId == accountId && session.EndedAt == null && session.CreatedAt > started && session.LastSeenAt > seen
            )
            .OrderByDescending(session => session.LastSeenAt)
            .ThenByDescending(session => session.CreatedAt)
            .Take(PageRequest.MostRows)
            .Select(session => new SessionLine(session.Id, session.Address, session.UserAgent, session.CreatedAt, session.LastSeenAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Ends one session of a person: one's own, or anybody's for a system administrator. One that ended meanwhile, or that is somebody
    /// else's, is no change.
    /// </summary>
    public Task<Outcome<Completed>> EndOneAsync(Guid accountId, Guid sessionId, Origin origin, CancellationToken cancellationToken) =>
        EndSomeAsync(accountId, session => session.Id == sessionId, origin, cancellationToken);

    /// <summary>Ends every session of a person but the one the act comes from, by the rights of <see cref="EndOneAsync"/>.</summary>
    public Task<Outcome<Completed>> EndOthersAsync(Guid accountId, Origin origin, CancellationToken cancellationToken) =>
        EndSomeAsync(accountId, session => session.Id != origin.SessionId, origin, cancellationToken);

    /// <summary>Ends one session. Ending one that has ended changes nothing.</summary>
    public Task EndAsync(Guid sessionId, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync(
            async scope =>
            {
                var session = await scope.Database.Sessions.SingleOrDefaultAsync(other => other.Id == sessionId, CancellationToken.None);
                if (session is not { EndedAt: null })
                {
                    return false;
                }

                var user = await scope.Database.Users.SingleAsync(other => other.Id == session.AccountId, CancellationToken.None);
                session.EndedAt = scope.Now;
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await scope.TouchAsync(Concern.Sessions);
                await journal.AppendAsync(scope, origin, EntryOf(JournalKind.SignedOut, user), ChangeTopic.Sessions);
                return true;
            },
            cancellationToken
        );

    /// <summary>Ends every session of a person, inside the operation that took their access away.</summary>
    public async Task EndAllAsync(WriteScope scope, Guid accountId)
    {
        await using var statement = scope.Statement(
            """UPDATE sessions SET "EndedAt" = $now WHERE "AccountId" = $account AND "EndedAt" IS NULL""",
            ("$now", scope.Now),
            ("$account", accountId)
        );
        var ended = await statement.ExecuteNonQueryAsync();
        if (ended > 0)
        {
            await scope.TouchAsync(Concern.Sessions);
            scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Sessions)));
        }
    }

    private Task<Outcome<Completed>> EndSomeAsync(
        Guid accountId,
        Expression<Func<Session, bool>> which,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await RefuseAsync(scope, accountId, origin) is { } refusal)
                {
                    return refusal;
                }

                var ended = await scope
                    .Database.Sessions.Where(session => session.AccountId == accountId && session.EndedAt == null)
                    .Where(which)
                    .ToListAsync(CancellationToken.None);
                if (ended.Count == 0)
                {
                    return new Completed();
                }

                ended.ForEach(session => session.EndedAt = scope.Now);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await scope.TouchAsync(Concern.Sessions);
                var user = await scope.Database.Users.SingleAsync(other => other.Id == accountId, CancellationToken.None);
                await journal.AppendAsync(scope, origin, EntryOf(JournalKind.SessionsEnded, user), ChangeTopic.Sessions);
                return new Completed();
            },
            cancellationToken
        );

    // A session that has ended must not end others.
    private static async Task<Refusal?> RefuseAsync(WriteScope scope, Guid accountId, Origin origin) =>
        origin.Actor.Id != accountId ? (await scope.RefuseOthersAsync(origin) is null ? null : NotAllowed)
        : await scope.IsSignedInAsync(origin) ? null
        : NotAllowed;

    private static JournalEntry EntryOf(string kind, User user) =>
        new(kind)
        {
            ResourceType = "User",
            ResourceId = user.Id.ToString(),
            Subject = user.Name,
        };
}
