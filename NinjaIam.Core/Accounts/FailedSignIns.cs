using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// Counts wrong passwords on the accounts they were tried on. The answer does not wait for it: only a known account has something to
/// write, so the time would tell which accounts exist.
/// </summary>
public sealed class FailedSignIns(IWritePath writePath, ILogger<FailedSignIns> logger)
    : WriteBehind<Guid, int>(TimeSpan.FromSeconds(1), logger)
{
    public void Count(Guid accountId) => Add(accountId, 1);

    /// <summary>Somebody signed in, which set the count back: what is still waiting belongs to the time before.</summary>
    public void Succeeded(Guid accountId) => Forget(accountId);

    protected override int Merge(int earlier, int later) => earlier + later;

    protected override Task WriteAsync(IReadOnlyDictionary<Guid, int> batch, CancellationToken cancellationToken)
    {
        var ids = batch.Keys.ToList();
        return writePath.RunAsync(
            async scope =>
            {
                var users = await scope.Database.Users.Where(user => ids.Contains(user.Id)).ToListAsync(CancellationToken.None);
                foreach (var user in users)
                {
                    user.AccessFailedCount += batch[user.Id];
                }

                return await scope.Database.SaveChangesAsync(CancellationToken.None);
            },
            cancellationToken
        );
    }
}
