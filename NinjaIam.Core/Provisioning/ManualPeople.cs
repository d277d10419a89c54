using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>Adds people by hand and invites them. Addresses in a domain of an identity provider are left to it.</summary>
public sealed class ManualPeople(IWritePath writePath, InvitationMail mail, ChangeJournal journal)
{
    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");

    /// <summary>Adds a person who has no password yet and is invited to choose one.</summary>
    public async Task<Outcome<Invitation>> AddAsync(NewPerson input, Origin origin, CancellationToken cancellationToken)
    {
        var validation = await new NewPersonValidator().ValidateAsync(input, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        input = input with { Email = input.Email.Trim(), GivenName = input.GivenName.Trim(), FamilyName = input.FamilyName.Trim() };
        return await writePath.RunAsync<Outcome<Invitation>>(
            async scope =>
                await scope.RefuseOthersAsync(origin) is { } refusal ? refusal
                : await RefuseEmailAsync(scope, input.Email) is { } email ? email
                : await RefusePlacesAsync(scope, input) is { } places ? places
                : await AddAsync(scope, input, origin),
            cancellationToken
        );
    }

    /// <summary>Makes a new link for somebody who has no password yet. The link before stops working.</summary>
    public Task<Outcome<Invitation>> InviteAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Invitation>>(
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

                return Invitations.WhyNot(person) is { } reason
                    ? new Refusal(RefusalKind.NotAllowed, reason)
                    : await InviteAsync(scope, person, origin);
            },
            cancellationToken
        );

    private async Task<Invitation> InviteAsync(WriteScope scope, User person, Origin origin)
    {
        var invitation = Invitations.Invite(person, scope.Now);
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await journal.AppendAsync(scope, origin, Invitations.EntryOf(JournalKind.UserInvited, person), ChangeTopic.Users);
        return await mail.SendAsync(scope, invitation);
    }

    private static async Task<Refusal?> RefuseEmailAsync(WriteScope scope, string email)
    {
        if (EmailDomain.Of(email) is { } domain)
        {
            var provider = await (
                from row in scope.Database.ProviderDomains
                join owner in scope.Database.IdentityProviders on row.ProviderId equals owner.Id
                where row.Domain == domain
                select owner.DisplayName
            ).SingleOrDefaultAsync(CancellationToken.None);
            if (provider is not null)
            {
                return new Refusal(
                    RefusalKind.NotAllowed,
                    $"{provider} manages the people of {domain}. Add this person there, or use another address.",
                    nameof(NewPerson.Email)
                );
            }
        }

        return await ManagedAccounts.ByNameAsync(scope, TextKey.Of(email)) is null
            ? null
            : new Refusal(
                RefusalKind.AlreadyTaken,
                "Somebody with this email address has an account already. Use another address.",
                nameof(NewPerson.Email)
            );
    }

    private static async Task<Refusal?> RefusePlacesAsync(WriteScope scope, NewPerson input)
    {
        var places = PlacesOf(input);
        if (
            await scope.Database.Organizations.CountAsync(row => places.Contains(row.Id) && row.ArchivedAt == null, CancellationToken.None)
            != places.Count
        )
        {
            return new Refusal(
                RefusalKind.NotFound,
                "One of these organizations does not exist any more.",
                nameof(NewPerson.OrganizationIds)
            );
        }

        var roles = input.RoleIds.Distinct().ToList();
        return
            await scope.Database.Roles.CountAsync(row => roles.Contains(row.Id) && row.Kind == input.Kind, CancellationToken.None)
            == roles.Count
            ? null
            : new Refusal(RefusalKind.NotFound, "One of these roles does not exist any more.", nameof(NewPerson.RoleIds));
    }

    private async Task<Outcome<Invitation>> AddAsync(WriteScope scope, NewPerson input, Origin origin)
    {
        var person = PersonOf(input, scope.Now);
        scope.Database.Users.Add(person);
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await ManagedAccounts.PlaceAsync(scope, person.Id, PlacesOf(input), isNew: true);
        var roleIds = input.RoleIds.Distinct().ToList();
        var roles = await scope
            .Database.Roles.Where(row => roleIds.Contains(row.Id))
            .OrderBy(row => row.NormalizedName)
            .ToListAsync(CancellationToken.None);
        scope.Database.RoleGrants.AddRange(
            roles.Select(role => new RoleGrant
            {
                AccountId = person.Id,
                RoleId = role.Id,
                GrantedBy = origin.Actor.Name,
                GrantedAt = scope.Now,
            })
        );
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        var created = Invitations.EntryOf(JournalKind.UserCreated, person, ChangesOf(input, roles.Select(role => role.Name)));
        await journal.AppendAsync(scope, origin, created, ChangeTopic.Users);
        return await InviteAsync(scope, person, origin);
    }

    private static User PersonOf(NewPerson input, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            UserName = input.Email,
            NormalizedUserName = TextKey.Of(input.Email),
            Email = input.Email,
            NormalizedEmail = TextKey.Of(input.Email),
            GivenName = input.GivenName,
            FamilyName = input.FamilyName,
            Kind = input.Kind,
            AllOrganizations = input.AllOrganizations,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = now,
        };

    private static List<int> PlacesOf(NewPerson input) => input.AllOrganizations ? [] : [.. input.OrganizationIds.Distinct()];

    /// <summary>What the journal says of somebody new.</summary>
    internal static List<ChangedValue> ChangesOf(NewPerson person, IEnumerable<string> roles)
    {
        var organizations = person.AllOrganizations
            ? "All"
            : string.Join(", ", PlacesOf(person).Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));
        List<ChangedValue> changes =
        [
            new("userName", null, person.Email),
            new("name.givenName", null, person.GivenName),
            new("name.familyName", null, person.FamilyName),
            new("userType", null, person.Kind.ToString()),
        ];
        if (organizations.Length > 0)
        {
            changes.Add(new ChangedValue("organizations", null, organizations));
        }

        changes.AddRange(roles.Select(role => new ChangedValue("role", null, role)));
        return changes;
    }
}
