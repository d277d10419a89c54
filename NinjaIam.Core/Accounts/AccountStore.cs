using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// Identity's store over the write path. It saves only the columns that were changed: the stock store writes every column back, and so
/// would undo a deactivation that happened between reading and saving.
/// </summary>
public sealed class AccountStore(IDbContextFactory<NinjaIamDbContext> databases, IWritePath writePath, IdentityErrorDescriber describer)
    : UserOnlyStore<User, NinjaIamDbContext, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, Passkey>(
        databases.CreateDbContext(),
        describer
    )
{
    public override async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await writePath.RunAsync(
            async scope =>
            {
                if (
                    await scope.Database.Users.AnyAsync(
                        other => other.NormalizedUserName == user.NormalizedUserName,
                        CancellationToken.None
                    )
                )
                {
                    return IdentityResult.Failed(ErrorDescriber.DuplicateUserName(user.UserName ?? ""));
                }

                scope.Database.Users.Add(user);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                return IdentityResult.Success;
            },
            cancellationToken
        );
    }

    public override async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        var seen = Context.Entry(user);
        seen.DetectChanges();
        var stampSeen = seen.Property(row => row.ConcurrencyStamp).OriginalValue;
        var changed = seen
            .Properties.Where(property => property.IsModified)
            .ToDictionary(property => property.Metadata.Name, property => property.CurrentValue);

        var (result, stamp) = await writePath.RunAsync<(IdentityResult, string?)>(
            async scope =>
            {
                var row = await scope.Database.Users.SingleOrDefaultAsync(other => other.Id == user.Id, CancellationToken.None);
                if (row is null || row.ConcurrencyStamp != stampSeen)
                {
                    return (IdentityResult.Failed(ErrorDescriber.ConcurrencyFailure()), null);
                }

                var entry = scope.Database.Entry(row);
                foreach (var (name, value) in changed)
                {
                    entry.Property(name).CurrentValue = value;
                }

                await scope.Database.SaveChangesAsync(CancellationToken.None);
                return (IdentityResult.Success, row.ConcurrencyStamp);
            },
            cancellationToken
        );
        if (result.Succeeded)
        {
            user.ConcurrencyStamp = stamp;
            seen.State = EntityState.Unchanged;
        }

        return result;
    }

    /// <summary>Accounts are deactivated, never removed through Identity.</summary>
    public override Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Accounts are deactivated, not removed.");

    /// <summary>Identity reads passkeys here and never writes them: that takes a step-up, or an answer to a challenge that was not used.</summary>
    public override Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Passkeys are not written through Identity.");

    /// <summary>See <see cref="AddOrUpdatePasskeyAsync"/>.</summary>
    public override Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Passkeys are not written through Identity.");
}
