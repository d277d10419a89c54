using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Preview;

/// <summary>How many people and groups there are of each result.</summary>
public sealed record PreviewCount(string ResourceType, PreviewResult Result, int Count);

/// <summary>What requests of a provider in preview would come to.</summary>
public sealed class Previews(IWritePath writePath, IDbContextFactory<NinjaIamDbContext> databases, ChangeFeed feed)
{
    /// <summary>Everything found since the preview began, or nothing where the provider is not in preview.</summary>
    public async Task<IReadOnlyList<PreviewCount>> CountAsync(Actor actor, Guid providerId, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var counts = await Found(database, providerId)
            .GroupBy(finding => new { finding.ResourceType, finding.Result })
            .Select(group => new PreviewCount(group.Key.ResourceType, group.Key.Result, group.Count()))
            .ToListAsync(cancellationToken);
        return [.. counts.OrderBy(count => count.ResourceType != "User").ThenBy(count => count.ResourceType).ThenBy(count => count.Result)];
    }

    /// <summary>By name.</summary>
    /// <param name="result">Null for every result.</param>
    public async Task<Page<PreviewFinding>> ListAsync(
        Actor actor,
        Guid providerId,
        PreviewResult? result,
        string? search,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = Found(database, providerId);
        if (result is { } wanted)
        {
            found = found.Where(finding => finding.Result == wanted);
        }

        if (!string.IsNullOrWhiteSpace(search))
        {
            var key = TextKey.Of(search.Trim());
            found = found.Where(finding => finding.Key.Contains(key));
        }

        var total = await found.CountAsync(cancellationToken);
        var page = await found
            .OrderBy(finding => finding.Subject)
            .ThenBy(finding => finding.Id)
            .Skip(request.Skip)
            .Take(request.Rows)
            .ToListAsync(cancellationToken);
        return new Page<PreviewFinding>(page, total);
    }

    /// <summary>Stores what was found about a request of the provider.</summary>
    internal Task StoreAsync(Guid providerId, IReadOnlyList<PreviewFinding> findings) =>
        writePath.RunAsync(
            providerId,
            async scope =>
            {
                await PreviewWrites.StoreAsync(scope, findings);
                scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Preview, providerId)));
                return true;
            },
            CancellationToken.None
        );

    private static IQueryable<PreviewFinding> Found(NinjaIamDbContext database, Guid providerId) =>
        from finding in database.PreviewFindings.AsNoTracking()
        join provider in database.IdentityProviders on finding.ProviderId equals provider.Id
        where finding.ProviderId == providerId && provider.PreviewSince != null && finding.At >= provider.PreviewSince
        select finding;
}
