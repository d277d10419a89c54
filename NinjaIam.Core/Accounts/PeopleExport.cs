using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>People on their way out of the installation.</summary>
/// <param name="People">How many there were when the export began; that is what the journal says.</param>
/// <param name="Lines">The oldest account first, read a part at a time. Somebody who comes or goes meanwhile may be among them or not.</param>
public sealed record ExportedPeople(int People, IAsyncEnumerable<PersonLine> Lines);

/// <summary>Hands all people of a list out, however many there are. Who did it is in the journal before the first line leaves.</summary>
public sealed class PeopleExport(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    ChangeJournal journal,
    TimeProvider clock
)
{
    private const int PartSize = 500;

    /// <summary>Asks for a step-up when there is more than one person.</summary>
    public async Task<Outcome<ExportedPeople>> StartAsync(PeopleFilter filter, Origin origin, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var people = await People
            .Matching(database, database.Users.AsNoTracking(), filter, clock.GetUtcNow())
            .CountAsync(cancellationToken);
        return await writePath.RunAsync<Outcome<ExportedPeople>>(
            async scope =>
            {
                if (await (people > 1 ? scope.RefuseWithoutStepUpAsync(origin) : scope.RefuseOthersAsync(origin)) is { } refusal)
                {
                    return refusal;
                }

                var count = people.ToString(CultureInfo.InvariantCulture);
                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(JournalKind.PeopleExported)
                    {
                        ResourceType = "User",
                        Subject = count,
                        Changes = [new ChangedValue("people", null, count)],
                    },
                    ChangeTopic.Users
                );
                return new ExportedPeople(people, LinesAsync(filter, CancellationToken.None));
            },
            cancellationToken
        );
    }

    private async IAsyncEnumerable<PersonLine> LinesAsync(PeopleFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = Guid.Empty;
        while (true)
        {
            // A context and a deadline for each part: whoever reads slowly holds nothing back.
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var part = await People
                .Matching(database, After(database, last), filter, clock.GetUtcNow())
                .OrderBy(user => user.Id)
                .Take(PartSize)
                .ToListAsync(cancellationToken);
            foreach (var line in await People.LinesAsync(database, part, clock.GetUtcNow(), cancellationToken))
            {
                yield return line;
            }

            if (part.Count < PartSize)
            {
                yield break;
            }

            last = part[^1].Id;
        }
    }

    // The primary key by name: with a filter SQLite would rather gather and sort everybody of a provider, for each part anew.
    internal static IQueryable<User> After(NinjaIamDbContext database, Guid last) =>
        database
            .Users.FromSqlRaw(
                """SELECT * FROM accounts INDEXED BY sqlite_autoindex_accounts_1 WHERE "Id" > {0}""",
                last.ToByteArray(bigEndian: true)
            )
            .AsNoTracking();
}
