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

/// <summary>What of a person is decided by an identity provider now, and so cannot be edited here.</summary>
/// <param name="Names">User name, email and names.</param>
/// <param name="Kind">Whether the person is a technician, if the provider sends it.</param>
/// <param name="Organizations">Where the person belongs, if the provider sends it.</param>
public sealed record PersonLocks(bool Names, bool Kind, bool Organizations)
{
    public static PersonLocks None { get; } = new(false, false, false);

    public bool Any => Names || Kind || Organizations;
}

/// <summary>A person to be edited.</summary>
/// <param name="ProviderName">The identity provider that manages the person, whether or not it decides anything now.</param>
/// <param name="WillBeOverwritten">The provider does not decide now, and takes its word back when SCIM goes on.</param>
public sealed record EditablePerson(PersonInput Input, PersonLocks Locks, string? ProviderName, bool WillBeOverwritten);

/// <summary>
/// Edits people by hand. What an identity provider decides is locked here and not only in the page, as long as its SCIM connection is on and
/// not paused (the product's rules 19 to 21).
/// </summary>
public sealed class PersonEditing(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    Sessions sessions,
    ChangeJournal journal
)
{
    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");
    private static readonly Refusal Gone = new(
        RefusalKind.NotAllowed,
        "The identity provider deleted this person. Nothing can be changed."
    );
    private static readonly Refusal Stale = new(
        RefusalKind.Stale,
        "Somebody else changed this person meanwhile. Reload to see the change."
    );
    private static readonly Refusal Taken = new(
        RefusalKind.AlreadyTaken,
        "Another account has this user name. Choose a different one.",
        nameof(PersonInput.UserName)
    );

    public async Task<EditablePerson?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellationToken) is { } person
            ? await ReadAsync(database, person, cancellationToken)
            : null;
    }

    /// <summary>Changes what is not locked. A change of what is locked is refused and names who decides it.</summary>
    /// <param name="before">What the change was made on; anything else refuses with <see cref="RefusalKind.Stale"/>.</param>
    public async Task<Outcome<Completed>> ChangeAsync(
        Guid id,
        PersonInput input,
        PersonInput before,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        var validation = await new PersonInputValidator().ValidateAsync(input, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        return await writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (await scope.Database.Users.SingleOrDefaultAsync(user => user.Id == id, CancellationToken.None) is not { } person)
                {
                    return NoPerson;
                }

                if (person.DeletedAt is not null)
                {
                    return Gone;
                }

                var held = await ReadAsync(scope.Database, person, CancellationToken.None);
                return held.Input != before ? Stale
                    : RefuseLocked(held, input) is { } locked ? locked
                    : await RefuseAsync(scope, person, input) is { } impossible ? impossible
                    : await WriteAsync(scope, person, held.Input, input, origin);
            },
            cancellationToken
        );
    }

    private static async Task<EditablePerson> ReadAsync(NinjaIamDbContext database, User person, CancellationToken cancellationToken)
    {
        var places = await database
            .AccountOrganizations.Where(row => row.AccountId == person.Id)
            .OrderBy(row => row.OrganizationId)
            .Select(row => row.OrganizationId)
            .ToListAsync(cancellationToken);
        var input = new PersonInput
        {
            UserName = person.UserName ?? "",
            Email = person.Email ?? "",
            DisplayName = person.DisplayName ?? "",
            GivenName = person.GivenName ?? "",
            FamilyName = person.FamilyName ?? "",
            Kind = person.Kind,
            AllOrganizations = person.AllOrganizations,
            OrganizationIds = places,
            PhoneNumber = person.PhoneNumber ?? "",
            Language = person.Language ?? "",
            TimeZone = person.TimeZone ?? "",
        };
        if (
            person.ProviderId is not { } providerId
            || await database.IdentityProviders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == providerId, cancellationToken)
                is not { } provider
        )
        {
            return new EditablePerson(input, PersonLocks.None, null, false);
        }

        // Whoever became a system administrator is out of SCIM's reach.
        if (!provider.IsManaging || person.Kind == AccountKind.SystemAdministrator)
        {
            return new EditablePerson(input, PersonLocks.None, provider.DisplayName, person.Kind != AccountKind.SystemAdministrator);
        }

        var resource = await database.Resources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == person.Id, cancellationToken);
        var sent = resource is null ? null : UserProjection.Of(JsonNode.Parse(resource.Doc)!.AsObject(), resource.Active);
        var locks = new PersonLocks(true, sent?.Kind is not null, !string.IsNullOrWhiteSpace(sent?.OrganizationId));
        return new EditablePerson(input, locks, provider.DisplayName, false);
    }

    private static Refusal? RefuseLocked(EditablePerson held, PersonInput input)
    {
        var (locks, old) = (held.Locks, held.Input);
        var field =
            locks.Names && input.UserName.Trim() != old.UserName ? nameof(PersonInput.UserName)
            : locks.Names && input.Email.Trim() != old.Email ? nameof(PersonInput.Email)
            : locks.Names && input.DisplayName.Trim() != old.DisplayName ? nameof(PersonInput.DisplayName)
            : locks.Names && input.GivenName.Trim() != old.GivenName ? nameof(PersonInput.GivenName)
            : locks.Names && input.FamilyName.Trim() != old.FamilyName ? nameof(PersonInput.FamilyName)
            : locks.Kind && input.Kind != old.Kind ? nameof(PersonInput.Kind)
            : locks.Organizations && !SamePlaces(input, old) ? nameof(PersonInput.OrganizationIds)
            : null;
        return field is null
            ? null
            : new Refusal(
                RefusalKind.NotAllowed,
                $"{held.ProviderName} decides this. Change it there, or pause SCIM for {held.ProviderName} first.",
                field
            );
    }

    private static async Task<Refusal?> RefuseAsync(WriteScope scope, User person, PersonInput input)
    {
        if (input.Kind != person.Kind && (input.Kind == AccountKind.SystemAdministrator || person.Kind == AccountKind.SystemAdministrator))
        {
            return new Refusal(
                RefusalKind.NotAllowed,
                "Nobody becomes a system administrator, or stops being one, by editing.",
                nameof(PersonInput.Kind)
            );
        }

        if (await ManagedAccounts.ByNameAsync(scope, TextKey.Of(input.UserName.Trim())) is { } holder && holder.Id != person.Id)
        {
            return Taken;
        }

        var named = input.AllOrganizations ? [] : input.OrganizationIds.Distinct().ToList();
        var known = await scope.Database.Organizations.CountAsync(row => named.Contains(row.Id), CancellationToken.None);
        return known == named.Count
            ? null
            : new Refusal(RefusalKind.NotFound, "One of these organizations does not exist any more.", nameof(PersonInput.OrganizationIds));
    }

    private async Task<Outcome<Completed>> WriteAsync(WriteScope scope, User person, PersonInput old, PersonInput input, Origin origin)
    {
        var changes = ChangesBetween(old, input);
        if (changes.Count == 0)
        {
            return new Completed();
        }

        person.UserName = input.UserName.Trim();
        person.NormalizedUserName = TextKey.Of(person.UserName);
        person.Email = TextOrNull(input.Email);
        person.NormalizedEmail = person.Email is { } email ? TextKey.Of(email) : null;
        person.DisplayName = TextOrNull(input.DisplayName);
        person.GivenName = TextOrNull(input.GivenName);
        person.FamilyName = TextOrNull(input.FamilyName);
        person.Kind = input.Kind;
        person.AllOrganizations = input.AllOrganizations;
        person.MayDiffer = person.ProviderId is not null;
        person.PhoneNumber = TextOrNull(input.PhoneNumber);
        person.Language = TextOrNull(input.Language);
        person.TimeZone = TextOrNull(input.TimeZone);
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        if (!SamePlaces(input, old))
        {
            var places = input.AllOrganizations ? [] : input.OrganizationIds.Distinct().ToList();
            await ManagedAccounts.PlaceAsync(scope, person.Id, places, isNew: false);
        }

        if (input.Kind != old.Kind)
        {
            var taken = await GrantsOfManaged.TakeOtherKindsAsync(scope, person.Id, input.Kind);
            changes.AddRange(taken.Select(role => new ChangedValue("role", role, null)));
            await sessions.EndAllAsync(scope, person.Id);
        }

        await journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(JournalKind.UserChanged)
            {
                ProviderId = person.ProviderId,
                ResourceType = "User",
                ResourceId = person.Id.ToString("D"),
                Subject = person.Name,
                Changes = changes,
            },
            ChangeTopic.Users
        );
        return new Completed();
    }

    private static List<ChangedValue> ChangesBetween(PersonInput old, PersonInput input)
    {
        var changes = new List<ChangedValue>();
        Add("userName", old.UserName, input.UserName);
        Add("emails", old.Email, input.Email);
        Add("displayName", old.DisplayName, input.DisplayName);
        Add("name.givenName", old.GivenName, input.GivenName);
        Add("name.familyName", old.FamilyName, input.FamilyName);
        Add("userType", old.Kind.ToString(), input.Kind.ToString());
        Add("organizations", PlacesOf(old), PlacesOf(input));
        Add("phone", old.PhoneNumber, input.PhoneNumber);
        Add("language", old.Language, input.Language);
        Add("timeZone", old.TimeZone, input.TimeZone);
        return changes;

        void Add(string attribute, string? before, string? after)
        {
            if (TextOrNull(before) != TextOrNull(after))
            {
                changes.Add(new ChangedValue(attribute, TextOrNull(before), TextOrNull(after)));
            }
        }
    }

    private static bool SamePlaces(PersonInput one, PersonInput other) => PlacesOf(one) == PlacesOf(other);

    private static string PlacesOf(PersonInput input) =>
        input.AllOrganizations
            ? "All"
            : string.Join(", ", input.OrganizationIds.Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));

    private static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
