using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>What importing a file would do, or why it can't be imported.</summary>
/// <param name="Problems">The first of them by line; nothing is imported while there is one.</param>
/// <param name="ProblemCount">How many there are in all.</param>
/// <param name="Ignored">Columns of the file that say nothing here.</param>
public sealed record ImportPreview(
    int Technicians,
    int EndUsers,
    IReadOnlyList<ImportProblem> Problems,
    int ProblemCount,
    IReadOnlyList<string> Ignored
)
{
    public int People => Technicians + EndUsers;
}

/// <summary>Adds the people of a file: all of them or none.</summary>
public sealed class PeopleImport(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    InvitationMail mail,
    ChangeJournal journal,
    TimeProvider clock
)
{
    public const int MostBytes = 5 * 1024 * 1024;
    public const int ProblemsShown = 100;

    /// <summary>Looks a file through and writes nothing.</summary>
    public async Task<Outcome<ImportPreview>> PreviewAsync(Actor actor, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        return await Read(file)
            .Match<Task<Outcome<ImportPreview>>>(
                async content =>
                {
                    await using var database = await databases.CreateDbContextAsync(cancellationToken);
                    var problems = await CheckAsync(database, content, clock.GetUtcNow(), cancellationToken);
                    return new ImportPreview(
                        content.People.Count(person => person.Person.Kind == AccountKind.Technician),
                        content.People.Count(person => person.Person.Kind == AccountKind.EndUser),
                        [.. problems.Problems.Take(ProblemsShown)],
                        problems.Problems.Count,
                        content.Ignored
                    );
                },
                refusal => Task.FromResult<Outcome<ImportPreview>>(refusal)
            );
    }

    /// <summary>Imports a file and answers how many people came. One that has a problem by now is refused and leaves nothing behind.</summary>
    /// <param name="sendsInvitations">Whether everybody gets a mail with a link, where mail is set up; else nobody has one yet.</param>
    public Task<Outcome<int>> ImportAsync(
        ReadOnlyMemory<byte> file,
        bool sendsInvitations,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        Read(file)
            .Match(
                content =>
                    writePath.RunAsync<Outcome<int>>(
                        async scope =>
                        {
                            if (await scope.RefuseOthersAsync(origin) is { } refusal)
                            {
                                return refusal;
                            }

                            var (problems, accounts) = await CheckAsync(scope.Database, content, scope.Now, CancellationToken.None);
                            if (problems.Count > 0)
                            {
                                return new Refusal(
                                    RefusalKind.InvalidValue,
                                    $"Nothing was imported. Line {problems[0].Line}: {problems[0].Detail}"
                                );
                            }

                            await WriteAsync(scope, accounts, origin);
                            if (sendsInvitations && mail.IsSetUp)
                            {
                                await InviteAsync(scope, accounts, origin);
                            }

                            return accounts.Count;
                        },
                        cancellationToken
                    ),
                refusal => Task.FromResult<Outcome<int>>(refusal)
            );

    private static Outcome<FilePeople> Read(ReadOnlyMemory<byte> file) =>
        file.Length > MostBytes ? new Refusal(RefusalKind.InvalidValue, "The file is larger than 5 MB. Divide it.") : PeopleFile.Read(file);

    /// <summary>What is wrong with a file here and now, by line, and the accounts that it would make.</summary>
    private static async Task<(List<ImportProblem> Problems, List<NewAccount> Accounts)> CheckAsync(
        NinjaIamDbContext database,
        FilePeople content,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var problems = new List<ImportProblem>(content.Problems);
        var keys = content.People.Select(person => person.NameKey).ToList();
        var taken = (
            await database
                .Users.Where(user => EF.Parameter(keys).Contains(user.NormalizedUserName!))
                .Select(user => user.NormalizedUserName!)
                .ToListAsync(cancellationToken)
        ).ToHashSet(StringComparer.Ordinal);
        var owners = await OwnersAsync(database, content, cancellationToken);
        var organizations = await OrganizationsAsync(database, content, cancellationToken);
        var roles = (await database.Roles.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(role =>
            (role.Kind, role.NormalizedName)
        );
        var accounts = new List<NewAccount>(content.People.Count);
        foreach (var person in content.People)
        {
            if (taken.Contains(person.NameKey))
            {
                Problem("Somebody with this email address has an account already.");
            }

            if (EmailDomain.Of(person.Person.Email) is { } domain && owners.TryGetValue(domain, out var owner))
            {
                Problem($"{owner} manages the people of {domain}.");
            }

            var places = new List<int>();
            foreach (var name in person.Organizations)
            {
                if (organizations.TryGetValue(TextKey.Of(name), out var place))
                {
                    places.Add(place);
                }
                else
                {
                    Problem($"There is no organization “{name}”.");
                }
            }

            var given = new List<Role>();
            foreach (var name in person.Roles)
            {
                if (roles.TryGetValue((person.Person.Kind, TextKey.Of(name)), out var role))
                {
                    given.Add(role);
                }
                else
                {
                    Problem($"There is no role “{name}” of this type.");
                }
            }

            accounts.Add(new NewAccount(Guid.CreateVersion7(now), person.Person with { OrganizationIds = places }, given));

            void Problem(string detail) => problems.Add(new ImportProblem(person.Line, detail));
        }

        return ([.. problems.OrderBy(problem => problem.Line)], accounts);
    }

    private static async Task<Dictionary<string, string>> OwnersAsync(
        NinjaIamDbContext database,
        FilePeople content,
        CancellationToken cancellationToken
    )
    {
        var domains = content.People.Select(person => EmailDomain.Of(person.Person.Email)).OfType<string>().Distinct().ToList();
        return await (
            from row in database.ProviderDomains
            join owner in database.IdentityProviders on row.ProviderId equals owner.Id
            where EF.Parameter(domains).Contains(row.Domain)
            select new { row.Domain, owner.DisplayName }
        ).ToDictionaryAsync(row => row.Domain, row => row.DisplayName, StringComparer.Ordinal, cancellationToken);
    }

    private static async Task<Dictionary<string, int>> OrganizationsAsync(
        NinjaIamDbContext database,
        FilePeople content,
        CancellationToken cancellationToken
    )
    {
        var names = content.People.SelectMany(person => person.Organizations).Select(TextKey.Of).Distinct().ToList();
        return await database
            .Organizations.Where(row => row.ArchivedAt == null && EF.Parameter(names).Contains(row.NormalizedName))
            .ToDictionaryAsync(row => row.NormalizedName, row => row.Id, StringComparer.Ordinal, cancellationToken);
    }

    private async Task WriteAsync(WriteScope scope, List<NewAccount> accounts, Origin origin)
    {
        await RunAsync(
            scope,
            """
            INSERT INTO accounts("Id", "Kind", "GivenName", "FamilyName", "Active", "Blocked", "CreatedAt", "AllOrganizations", "SearchKey",
                "UserName", "NormalizedUserName", "Email", "NormalizedEmail", "EmailConfirmed", "SecurityStamp", "ConcurrencyStamp",
                "PhoneNumberConfirmed", "TwoFactorEnabled", "AccessFailedCount", "ImportedAt", "InvitedAt", "InvitationExpiresAt")
            SELECT unhex(v.value ->> 'id'), v.value ->> 'kind', v.value ->> 'given', v.value ->> 'family', 1, 0, $now, v.value ->> 'all',
                v.value ->> 'search', v.value ->> 'email', v.value ->> 'key', v.value ->> 'email', v.value ->> 'key', 0,
                lower(hex(randomblob(16))), lower(hex(randomblob(16))), 0, 0, 0, $now, $now, $expires
            FROM json_each($rows) v
            """,
            accounts.Select(account => new
            {
                id = Hex(account.Id),
                kind = (int)account.Person.Kind,
                given = account.Person.GivenName,
                family = account.Person.FamilyName,
                all = account.Person.AllOrganizations ? 1 : 0,
                search = TextKey.Of(
                    AccountName.SearchText(
                        account.Person.Email,
                        account.Person.Email,
                        account.Name,
                        account.Person.GivenName,
                        account.Person.FamilyName
                    )
                ),
                email = account.Person.Email,
                key = TextKey.Of(account.Person.Email),
            }),
            ("$now", scope.Now),
            ("$expires", scope.Now + Invitations.Lifetime)
        );
        await RunAsync(
            scope,
            """
            INSERT INTO account_organizations("AccountId", "OrganizationId")
            SELECT unhex(v.value ->> 'id'), v.value ->> 'place' FROM json_each($rows) v
            """,
            accounts.SelectMany(account => account.Person.OrganizationIds.Distinct().Select(place => new { id = Hex(account.Id), place }))
        );
        await RunAsync(
            scope,
            """
            INSERT INTO role_grants("AccountId", "RoleId", "GrantedBy", "GrantedAt")
            SELECT unhex(v.value ->> 'id'), v.value ->> 'role', $by, $now FROM json_each($rows) v
            """,
            accounts.SelectMany(account => account.Roles.Distinct().Select(role => new { id = Hex(account.Id), role = role.Id })),
            ("$by", origin.Actor.Name),
            ("$now", scope.Now)
        );
        await JournalAsync(scope, accounts, origin);
    }

    private async Task JournalAsync(WriteScope scope, List<NewAccount> accounts, Origin origin)
    {
        var count = accounts.Count.ToString(CultureInfo.InvariantCulture);
        await journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(JournalKind.PeopleImported)
            {
                ResourceType = "User",
                Subject = count,
                Changes = [new ChangedValue("people", null, count)],
            },
            ChangeTopic.Users
        );
        foreach (var account in accounts)
        {
            await journal.AppendAsync(
                scope,
                origin,
                new JournalEntry(JournalKind.UserCreated)
                {
                    ResourceType = "User",
                    ResourceId = account.Id.ToString("D"),
                    Subject = account.Name,
                    Changes = ManualPeople.ChangesOf(account.Person, account.Roles.Select(role => role.Name)),
                },
                ChangeTopic.Users
            );
        }
    }

    private async Task InviteAsync(WriteScope scope, List<NewAccount> accounts, Origin origin)
    {
        var invited = accounts.ConvertAll(account => (Account: account, Token: InvitationToken.Create()));
        await RunAsync(
            scope,
            """
            UPDATE accounts SET "InvitationDigest" = unhex(v.value ->> 'digest')
            FROM json_each($rows) v WHERE accounts."Id" = unhex(v.value ->> 'id')
            """,
            invited.Select(row => new { id = Hex(row.Account.Id), digest = Convert.ToHexString(InvitationToken.DigestOf(row.Token)) })
        );
        foreach (var (account, _) in invited)
        {
            await journal.AppendAsync(
                scope,
                origin,
                new JournalEntry(JournalKind.UserInvited)
                {
                    ResourceType = "User",
                    ResourceId = account.Id.ToString("D"),
                    Subject = account.Name,
                },
                ChangeTopic.Users
            );
        }

        await mail.SendAsync(
            scope,
            invited.Select(row => new Invitation(
                row.Account.Id,
                row.Account.Name,
                row.Account.Person.Email,
                Invitations.Path + row.Token,
                scope.Now + Invitations.Lifetime
            ))
        );
    }

    private static async Task RunAsync<TRow>(
        WriteScope scope,
        string sql,
        IEnumerable<TRow> rows,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var statement = scope.Statement(sql, [("$rows", JsonSerializer.Serialize(rows)), .. parameters]);
        await statement.ExecuteNonQueryAsync();
    }

    private static string Hex(Guid id) => Convert.ToHexString(id.ToByteArray(bigEndian: true));

    private sealed record NewAccount(Guid Id, NewPerson Person, IReadOnlyList<Role> Roles)
    {
        public string Name => AccountName.Of(null, Person.GivenName, Person.FamilyName, Person.Email);
    }
}
