using System.Security.Cryptography;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Web.Commands;

/// <summary>Fills an empty installation for a demonstration, or takes up one that was filled before, with a new password and token.</summary>
internal sealed class Demonstration(
    Administrators administrators,
    Organizations organizations,
    Providers providers,
    ProviderDrafts drafts,
    ScimConnections connections,
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
        return created.Match<Refusal?>(_ => null, refusal => refusal);
    }

    private async Task FillAsync(bool bare, CancellationToken cancellationToken)
    {
        if (bare)
        {
            await AddProviderAsync(DemonstrationContent.Bare, cancellationToken);
            return;
        }

        await AddOrganizationsAsync(cancellationToken);
        foreach (var provider in DemonstrationContent.Providers)
        {
            await AddProviderAsync(provider, cancellationToken);
        }
    }

    private async Task AddOrganizationsAsync(CancellationToken cancellationToken)
    {
        // A new installation has one organization already.
        var first = (await organizations.ChoicesAsync(_origin.Actor, cancellationToken))[0].Id;
        var isFirst = true;
        foreach (var input in DemonstrationContent.Organizations)
        {
            Done(
                isFirst
                    ? await organizations.ChangeAsync(first, input, _origin, cancellationToken)
                    : await organizations.CreateAsync(input, _origin, cancellationToken)
            );
            isFirst = false;
        }
    }

    private async Task AddProviderAsync(ProviderInput input, CancellationToken cancellationToken)
    {
        var metadata = DemonstrationContent.MetadataOf(input, clock.GetUtcNow());
        var identifier = Done(
            await drafts.CreateAsync(new ProviderDraftContent { Input = input, Metadata = metadata }, _origin, cancellationToken)
        );
        var details = await FindAsync(identifier, cancellationToken);
        if (Done(await connections.EnableAsync(details.Id, _origin, cancellationToken)) is { } token)
        {
            Done(await connections.ConfirmTokenAsync(details.Id, token.PublicId, _origin, cancellationToken));
        }
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
