using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>What holds between providers and is checked wherever one is written: unique names, one owner per domain, real organizations.</summary>
internal static class ProviderRules
{
    /// <summary>The first rule that <paramref name="input"/> breaks, or null.</summary>
    /// <param name="self">The provider being changed; null for a new one.</param>
    public static async Task<Refusal?> FirstBrokenAsync(
        NinjaIamDbContext database,
        ProviderInput input,
        Guid? self,
        CancellationToken cancellationToken
    )
    {
        var validation = await new ProviderInputValidator().ValidateAsync(input, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        return await TakenAsync(database, input, self, cancellationToken)
            ?? await UnknownOrganizationAsync(database, input, cancellationToken);
    }

    /// <summary>Whether the name or one of the domains belongs to another provider already.</summary>
    public static async Task<Refusal?> TakenAsync(
        NinjaIamDbContext database,
        ProviderInput input,
        Guid? self,
        CancellationToken cancellationToken
    )
    {
        var name = TextKey.Of(input.DisplayName.Trim());
        if (await database.IdentityProviders.AnyAsync(other => other.NormalizedDisplayName == name && other.Id != self, cancellationToken))
        {
            return new Refusal(
                RefusalKind.AlreadyTaken,
                "Another identity provider has this display name. Choose a different one.",
                nameof(ProviderInput.DisplayName)
            );
        }

        var providers = database.IdentityProviders;
        var domains = input.Domains;
        var taken = await (
            from domain in database.ProviderDomains
            join provider in providers on domain.ProviderId equals provider.Id
            where domains.Contains(domain.Domain) && provider.Id != self
            select new { domain.Domain, provider.DisplayName }
        ).FirstOrDefaultAsync(cancellationToken);
        return taken is null
            ? null
            : new Refusal(
                RefusalKind.AlreadyTaken,
                $"{taken.Domain} belongs to {taken.DisplayName}. A domain can belong to one identity provider only.",
                nameof(ProviderInput.Domains)
            );
    }

    private static async Task<Refusal?> UnknownOrganizationAsync(
        NinjaIamDbContext database,
        ProviderInput input,
        CancellationToken cancellationToken
    )
    {
        var wanted = input.AllOrganizations ? [] : input.OrganizationIds.ToList();
        if (input.DefaultOrganizationId is { } standard && !wanted.Contains(standard))
        {
            wanted.Add(standard);
        }

        var known = await database.Organizations.Where(row => wanted.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        return wanted.Except(known).Any()
            ? new Refusal(
                RefusalKind.InvalidValue,
                "One of the organizations does not exist any more. Choose again.",
                nameof(ProviderInput.OrganizationIds)
            )
            : null;
    }
}
