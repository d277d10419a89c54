using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Tokens;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Commands;

/// <summary>Fills an empty installation for a demonstration, or takes up one that was filled before, with a new password and token.</summary>
internal sealed class Demonstration(
    Administrators administrators,
    Organizations organizations,
    Providers providers,
    ProviderDrafts drafts,
    ScimConnections connections,
    UserProvisioning users,
    GroupProvisioning groups,
    Roles roles,
    RoleMappings mappings,
    SchemaRegistry schemas,
    PortalAddress address,
    TimeProvider clock
)
{
    public const string Email = "admin@example.com";
    private const int PasswordLength = 20;

    // No letters that are mistaken for others when somebody copies them by hand.
    private const string PasswordLetters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly Origin _origin = Origin.Of(Actor.CommandLine);

    /// <summary>Refuses with <see cref="RefusalKind.NotAllowed"/> when the data belong to an installation that is no demonstration.</summary>
    public async Task<Outcome<DemonstrationAccess>> PrepareAsync(bool bare, CancellationToken cancellationToken)
    {
        if (!bare && await RequiredAsync(cancellationToken) is { } required)
        {
            return new Refusal(RefusalKind.InvalidValue, Wording.Fill(CommandTexts.PeopleLackExtension, required));
        }

        var password = RandomNumberGenerator.GetString(PasswordLetters, PasswordLength);
        if (await SetPasswordAsync(password, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (await providers.CountAsync(_origin.Actor, cancellationToken) == 0)
        {
            await FillAsync(bare, cancellationToken);
        }

        var choices = await providers.ChoicesAsync(_origin.Actor, cancellationToken);
        var chosen = choices.FirstOrDefault(choice => choice.Vendor == DemonstrationContent.Main.Vendor) ?? choices[0];
        var token = await ReplaceTokenAsync(chosen, cancellationToken);
        return token.Match<Outcome<DemonstrationAccess>>(
            issued => new DemonstrationAccess(Email, password, address.ScimBaseUrl(chosen.UniqueIdentifier), issued.Text),
            refused => refused
        );
    }

    /// <summary>An extension that people and groups would need and made-up ones don't have, where they are still to be made.</summary>
    private async Task<string?> RequiredAsync(CancellationToken cancellationToken) =>
        await providers.CountAsync(_origin.Actor, cancellationToken) > 0
            ? null
            : schemas.User.Extensions.Concat(schemas.Group.Extensions).FirstOrDefault(extension => extension.Required)?.Schema.Id;

    private async Task<Refusal?> SetPasswordAsync(string password, CancellationToken cancellationToken)
    {
        if (await administrators.AnyAsync(cancellationToken))
        {
            var replaced = await administrators.ReplacePasswordAsync(Email, password, cancellationToken);
            return replaced.Match<Refusal?>(_ => null, refusal => refusal with { Kind = RefusalKind.NotAllowed });
        }

        var wanted = new NewAdministrator
        {
            FullName = "Ada Lind",
            Email = Email,
            Password = password,
        };
        var created = await administrators.CreateAsync(wanted, onlyAsFirst: true, _origin, cancellationToken);
        return created.RefusalOrNull();
    }

    private async Task FillAsync(bool bare, CancellationToken cancellationToken)
    {
        if (bare)
        {
            await AddProviderAsync(DemonstrationContent.Bare, cancellationToken);
            return;
        }

        await AddOrganizationsAsync(cancellationToken);
        ProvisioningCall? main = null;
        foreach (var provider in DemonstrationContent.Providers)
        {
            var call = await AddProviderAsync(provider, cancellationToken);
            main ??= call;
        }

        await AddPeopleAsync(main!, DemonstrationContent.Main, cancellationToken);
    }

    private async Task AddPeopleAsync(ProvisioningCall main, ProviderInput provider, CancellationToken cancellationToken)
    {
        var places = await organizations.ChoicesAsync(_origin.Actor, cancellationToken);
        var people = new List<Guid>();
        for (var number = 0; number < DemonstrationPeople.Count; number++)
        {
            var place = places[number % places.Count].Id;
            var body = DemonstrationPeople.Person(number, provider.Domains[0], place, provider.MayCreateTechnicians);
            people.Add(await CreateAsync(users, main, body, schemas.User, cancellationToken));
        }

        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (name, memberEvery) in DemonstrationPeople.Groups)
        {
            var body = DemonstrationPeople.Group(name, people.Where((_, number) => number % memberEvery == 0));
            ids.Add(name, await CreateAsync(groups, main, body, schemas.Group, cancellationToken));
        }

        await AddRolesAsync(main.ProviderId, ids, cancellationToken);
    }

    /// <summary>Roles, of which some are given by groups.</summary>
    private async Task AddRolesAsync(Guid provider, Dictionary<string, Guid> groupIds, CancellationToken cancellationToken)
    {
        var added = new List<NewMapping>();
        foreach (var (kind, input, group) in DemonstrationContent.Roles)
        {
            var role = Done(await roles.CreateAsync(kind, input, _origin, cancellationToken));
            if (group is not null)
            {
                added.Add(new NewMapping(role, groupIds[group], null, null));
            }
        }

        Done(await mappings.SaveAsync(provider, new MappingChanges(added, []), null, _origin, cancellationToken));
    }

    private static async Task<Guid> CreateAsync(
        IResourceProvisioning provisioning,
        ProvisioningCall call,
        JsonObject body,
        ResourceType type,
        CancellationToken cancellationToken
    )
    {
        var reading = DocumentReader.Read(body, type).Match(read => read, error => throw new InvalidOperationException(error.Detail));
        var created = await provisioning.CreateAsync(call, reading, cancellationToken);
        return created.Match(result => result.Resource.Id, error => throw new InvalidOperationException(error.Detail));
    }

    private async Task AddOrganizationsAsync(CancellationToken cancellationToken)
    {
        // A new installation has one organization already.
        var first = (await organizations.ChoicesAsync(_origin.Actor, cancellationToken))[0];
        var before = new OrganizationInput { Name = first.Name };
        Done(await organizations.ChangeAsync(first.Id, DemonstrationContent.Organizations[0], before, _origin, cancellationToken));
        foreach (var input in DemonstrationContent.Organizations.Skip(1))
        {
            Done(await organizations.CreateAsync(input, _origin, cancellationToken));
        }
    }

    /// <summary>Adds a provider with SCIM enabled and answers how its requests come.</summary>
    private async Task<ProvisioningCall> AddProviderAsync(ProviderInput input, CancellationToken cancellationToken)
    {
        var metadata = DemonstrationContent.MetadataOf(input, clock.GetUtcNow());
        var identifier = Done(
            await drafts.CreateAsync(new ProviderDraftContent { Input = input, Metadata = metadata }, _origin, cancellationToken)
        );
        var details = await FindAsync(identifier, cancellationToken);
        var token = Done(await connections.EnableAsync(details.Id, _origin, cancellationToken))!;
        Done(await connections.ConfirmTokenAsync(details.Id, token.PublicId, _origin, cancellationToken));
        return new ProvisioningCall(details.Id, Origin.Of(new Actor(ActorKind.Provider, details.Id, input.DisplayName, token.PublicId)));
    }

    private async Task<Outcome<IssuedScimToken>> ReplaceTokenAsync(ProviderChoice choice, CancellationToken cancellationToken)
    {
        var details = await FindAsync(choice.UniqueIdentifier, cancellationToken);
        foreach (var old in details.LiveTokens)
        {
            Done(await connections.RevokeTokenAsync(choice.Id, old.PublicId, _origin, cancellationToken));
        }

        // Somebody may have turned SCIM off while trying it out. Enabling issues a token, as none is left.
        var enabled = await connections.EnableAsync(choice.Id, _origin, cancellationToken);
        var issued = enabled.Match<Outcome<IssuedScimToken>>(
            token => token is null ? new Refusal(RefusalKind.Stale, "Somebody else created a token meanwhile. Start again.") : token,
            refusal => refusal
        );
        if (issued.Match<string?>(token => token.PublicId, _ => null) is { } publicId)
        {
            Done(await connections.ConfirmTokenAsync(choice.Id, publicId, _origin, cancellationToken));
        }

        return issued;
    }

    private async Task<ProviderDetails> FindAsync(string identifier, CancellationToken cancellationToken) =>
        await providers.FindAsync(_origin.Actor, identifier, cancellationToken)
        ?? throw new InvalidOperationException("The provider of the demonstration was deleted while it was prepared.");

    // The content is ours: a refusal here is a mistake in the program.
    private static T Done<T>(Outcome<T> outcome) =>
        outcome.Match(value => value, refusal => throw new InvalidOperationException(refusal.Detail));
}
