using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// What identity providers mean for passwords. Single sign-on that is required for a domain holds while its provider signs people in, and
/// never for system administrators, whose own sign-in is the way back in when an identity provider breaks.
/// </summary>
public sealed class SignOnRules(IDbContextFactory<NinjaIamDbContext> databases) : ISignOnRules
{
    private static readonly Refusal NobodyIsLeft = new(
        RefusalKind.PrerequisiteMissing,
        "If the identity provider breaks, nobody could sign in any more: no system administrator has both a password and a second factor. Set up a second factor in My profile first.",
        nameof(SingleSignOnChoices.RequiredFor)
    );

    public async Task<RequiredProvider?> RequiredForAsync(string userName, CancellationToken cancellationToken)
    {
        if (EmailDomain.Of(userName) is not { } domain)
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await (
            from row in database.ProviderDomains
            join provider in SignOnRows.Enabled(database) on row.ProviderId equals provider.Id
            where row.Domain == domain && row.RequiresSingleSignOn
            select new RequiredProvider(provider.UniqueIdentifier, provider.DisplayName)
        ).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<bool> SignsInAsync(Guid providerId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await SignOnRows.Enabled(database).AnyAsync(provider => provider.Id == providerId, cancellationToken);
    }

    /// <summary>How many system administrators could sign in without any identity provider, with a second factor.</summary>
    public async Task<int> WaysBackInAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Independent(database).CountAsync(cancellationToken);
    }

    /// <summary>Requires single sign-on for exactly these domains of a provider, inside the operation that decides it.</summary>
    /// <returns>Why not, or null.</returns>
    internal static async Task<Refusal?> RequireAsync(
        WriteScope scope,
        Guid providerId,
        IReadOnlyList<string> domains,
        List<ChangedValue> changes
    )
    {
        var rows = await scope
            .Database.ProviderDomains.Where(row => row.ProviderId == providerId)
            .OrderBy(row => row.Ordinal)
            .ToListAsync(CancellationToken.None);
        if (domains.FirstOrDefault(domain => rows.TrueForAll(row => row.Domain != domain)) is { } foreign)
        {
            return new Refusal(
                RefusalKind.InvalidValue,
                $"{foreign} is not a domain of this identity provider any more. Reload the page.",
                nameof(SingleSignOnChoices.RequiredFor)
            );
        }

        var added = rows.Exists(row => !row.RequiresSingleSignOn && domains.Contains(row.Domain));
        if (added && !await Independent(scope.Database).AnyAsync(CancellationToken.None))
        {
            return NobodyIsLeft;
        }

        var before = Text(rows);
        rows.ForEach(row => row.RequiresSingleSignOn = domains.Contains(row.Domain));
        if (before != Text(rows))
        {
            changes.Add(new ChangedValue("singleSignOnRequiredFor", before, Text(rows)));
        }

        return null;
    }

    private static string? Text(IEnumerable<ProviderDomain> rows) =>
        string.Join(", ", rows.Where(row => row.RequiresSingleSignOn).Select(row => row.Domain)) is { Length: > 0 } text ? text : null;

    private static IQueryable<User> Independent(NinjaIamDbContext database) =>
        database.Users.Where(user =>
            user.Kind == AccountKind.SystemAdministrator
            && user.PasswordHash != null
            && user.TwoFactorEnabled
            && user.Active
            && !user.Blocked
            && user.DeletedAt == null
        );
}
