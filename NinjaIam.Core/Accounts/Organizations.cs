using FluentValidation;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

public sealed record OrganizationInput
{
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>What is decided about an organization as it stands.</summary>
    public static OrganizationInput Of(OrganizationLine organization) =>
        new() { Name = organization.Name, Description = organization.Description ?? "" };
}

public sealed class OrganizationInputValidator : AbstractValidator<OrganizationInput>
{
    public OrganizationInputValidator()
    {
        RuleFor(input => input.Name).NotEmpty().WithMessage("Enter a name.").MaximumLength(150).WithMessage("Use at most 150 characters.");
        RuleFor(input => input.Description).MaximumLength(1000).WithMessage("Use at most 1,000 characters.");
    }
}

/// <param name="Users">People who belong to it by name; those with all organizations are not counted.</param>
public sealed record OrganizationLine(int Id, string Name, string? Description, int Users, DateTimeOffset? ArchivedAt);

/// <summary>An organization to choose from.</summary>
public sealed record OrganizationChoice(int Id, string Name);

/// <summary>The customers or departments that people are placed in.</summary>
public sealed class Organizations(IWritePath writePath, IDbContextFactory<NinjaIamDbContext> databases, ChangeJournal journal)
{
    public async Task<Page<OrganizationLine>> ListAsync(
        Actor actor,
        string? search,
        bool archived,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = database.Organizations.AsNoTracking().Where(row => archived ? row.ArchivedAt != null : row.ArchivedAt == null);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var key = TextKey.Of(search.Trim());
            rows = int.TryParse(search.Trim(), out var id)
                ? rows.Where(row => row.Id == id || row.NormalizedName.Contains(key))
                : rows.Where(row => row.NormalizedName.Contains(key));
        }

        var total = await rows.CountAsync(cancellationToken);
        var links = database.AccountOrganizations;
        var lines = rows.Select(row => new
        {
            row.Id,
            row.Name,
            row.NormalizedName,
            row.Description,
            row.ArchivedAt,
            Users = links.Count(link => link.OrganizationId == row.Id),
        });
        var sorted = (request.SortColumn, request.Descending) switch
        {
            ("id", false) => lines.OrderBy(row => row.Id),
            ("id", true) => lines.OrderByDescending(row => row.Id),
            ("users", false) => lines.OrderBy(row => row.Users).ThenBy(row => row.Id),
            ("users", true) => lines.OrderByDescending(row => row.Users).ThenBy(row => row.Id),
            (_, true) => lines.OrderByDescending(row => row.NormalizedName),
            _ => lines.OrderBy(row => row.NormalizedName),
        };
        var items = await sorted
            .Skip(request.Skip)
            .Take(request.Rows)
            .Select(row => new OrganizationLine(row.Id, row.Name, row.Description, row.Users, row.ArchivedAt))
            .ToListAsync(cancellationToken);
        return new Page<OrganizationLine>(items, total);
    }

    public async Task<OrganizationLine?> FindAsync(Actor actor, int id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var links = database.AccountOrganizations;
        return await database
            .Organizations.Where(row => row.Id == id)
            .Select(row => new OrganizationLine(
                row.Id,
                row.Name,
                row.Description,
                links.Count(link => link.OrganizationId == row.Id),
                row.ArchivedAt
            ))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The organizations that people can be placed in, by name.</summary>
    public async Task<IReadOnlyList<OrganizationChoice>> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database
            .Organizations.Where(row => row.ArchivedAt == null)
            .OrderBy(row => row.NormalizedName)
            .Select(row => new OrganizationChoice(row.Id, row.Name))
            .ToListAsync(cancellationToken);
    }

    public Task<Outcome<int>> CreateAsync(OrganizationInput input, Origin origin, CancellationToken cancellationToken) =>
        SaveAsync(
            input,
            origin,
            async scope =>
            {
                var organization = new Organization
                {
                    Name = input.Name.Trim(),
                    NormalizedName = TextKey.Of(input.Name.Trim()),
                    Description = TextOrNull(input.Description),
                    CreatedAt = scope.Now,
                };
                scope.Database.Organizations.Add(organization);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await AppendAsync(
                    scope,
                    origin,
                    JournalKind.OrganizationCreated,
                    organization,
                    [new ChangedValue("name", null, organization.Name)]
                );
                return organization.Id;
            },
            except: null,
            cancellationToken
        );

    /// <param name="before">What the change was made on; anything else refuses with <see cref="RefusalKind.Stale"/>.</param>
    public Task<Outcome<int>> ChangeAsync(
        int id,
        OrganizationInput input,
        OrganizationInput before,
        Origin origin,
        CancellationToken cancellationToken
    ) =>
        SaveAsync(
            input,
            origin,
            async scope =>
            {
                if (await scope.Database.Organizations.FindAsync([id], CancellationToken.None) is not { } organization)
                {
                    return NotFound;
                }

                if (organization.Name != before.Name || organization.Description != TextOrNull(before.Description))
                {
                    return new Refusal(RefusalKind.Stale, "Somebody else changed this organization meanwhile. Reload to see the change.");
                }

                List<ChangedValue> changes = [];
                if (organization.Name != input.Name.Trim())
                {
                    changes.Add(new ChangedValue("name", organization.Name, input.Name.Trim()));
                }

                if (organization.Description != TextOrNull(input.Description))
                {
                    changes.Add(new ChangedValue("description", organization.Description, TextOrNull(input.Description)));
                }

                if (changes.Count > 0)
                {
                    organization.Name = input.Name.Trim();
                    organization.NormalizedName = TextKey.Of(organization.Name);
                    organization.Description = TextOrNull(input.Description);
                    await scope.Database.SaveChangesAsync(CancellationToken.None);
                    await AppendAsync(scope, origin, JournalKind.OrganizationChanged, organization, changes);
                }

                return organization.Id;
            },
            except: id,
            cancellationToken
        );

    /// <summary>Archives an organization, or brings it back. People in it stay; nobody new is placed in an archived one.</summary>
    public Task<Outcome<int>> SetArchivedAsync(int id, bool archived, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<int>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (await scope.Database.Organizations.FindAsync([id], CancellationToken.None) is not { } organization)
                {
                    return NotFound;
                }

                if (
                    archived
                    && !await scope.Database.Organizations.AnyAsync(row => row.Id != id && row.ArchivedAt == null, CancellationToken.None)
                )
                {
                    return new Refusal(RefusalKind.NotAllowed, "The last organization cannot be archived. Add another one first.");
                }

                if (organization.ArchivedAt is null == archived)
                {
                    organization.ArchivedAt = archived ? scope.Now : null;
                    await scope.Database.SaveChangesAsync(CancellationToken.None);
                    await AppendAsync(
                        scope,
                        origin,
                        archived ? JournalKind.OrganizationArchived : JournalKind.OrganizationRestored,
                        organization,
                        []
                    );
                }

                return id;
            },
            cancellationToken
        );

    private static readonly Refusal NotFound = new(RefusalKind.NotFound, "This organization does not exist any more.");

    private async Task<Outcome<int>> SaveAsync(
        OrganizationInput input,
        Origin origin,
        Func<WriteScope, Task<Outcome<int>>> save,
        int? except,
        CancellationToken cancellationToken
    )
    {
        var validation = await new OrganizationInputValidator().ValidateAsync(input, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        var key = TextKey.Of(input.Name.Trim());
        return await writePath.RunAsync(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (
                    await scope.Database.Organizations.AnyAsync(
                        row => row.NormalizedName == key && row.Id != except,
                        CancellationToken.None
                    )
                )
                {
                    return new Refusal(
                        RefusalKind.AlreadyTaken,
                        "Another organization has this name. Choose a different one.",
                        nameof(OrganizationInput.Name)
                    );
                }

                return await save(scope);
            },
            cancellationToken
        );
    }

    internal static JournalEntry EntryOf(string kind, Organization organization, IReadOnlyList<ChangedValue> changes) =>
        new(kind)
        {
            OrganizationId = organization.Id,
            ResourceType = "Organization",
            ResourceId = organization.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Subject = organization.Name,
            Changes = changes,
        };

    private Task AppendAsync(
        WriteScope scope,
        Origin origin,
        string kind,
        Organization organization,
        IReadOnlyList<ChangedValue> changes
    ) => journal.AppendAsync(scope, origin, EntryOf(kind, organization, changes), ChangeTopic.Organizations);

    private static string? TextOrNull(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
