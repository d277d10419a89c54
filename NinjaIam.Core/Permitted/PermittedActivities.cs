using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Permitted;

/// <summary>
/// Reads what happened to the people whom the roles of the actor let them view activities of. Of each line only who did what and when:
/// addresses, requests, tokens and changed values are for system administrators.
/// </summary>
public sealed class PermittedActivities(Activities activities, IDbContextFactory<NinjaIamDbContext> databases)
{
    /// <summary>The newest lines about a person, newest first; none when the actor may not view them.</summary>
    /// <param name="take">At most 200.</param>
    public async Task<IReadOnlyList<Activity>> OfPersonAsync(Actor actor, Guid personId, int take, CancellationToken cancellationToken)
    {
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (!await database.MaySeeOfPersonAsync(actor, PermissionKind.ViewActivities, personId, cancellationToken))
            {
                return [];
            }
        }

        var lines = await activities.ListAsync(
            Actor.System,
            new ActivityFilter { ResourceId = personId.ToString("D") },
            take,
            cancellationToken
        );
        return
        [
            .. lines.Select(line =>
                line with
                {
                    Id = "",
                    RequestId = "",
                    Address = null,
                    UserAgent = null,
                    Token = null,
                    Request = null,
                    Status = null,
                    Detail = null,
                }
            ),
        ];
    }
}
