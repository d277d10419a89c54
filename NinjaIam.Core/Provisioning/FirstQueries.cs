using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// Looks for somebody who does not exist while the portal starts, in the way in which clients begin: connection, statements and code are
/// ready when the first of them comes.
/// </summary>
internal sealed partial class FirstQueries(ResourceQueries queries, SchemaRegistry registry, ILogger<FirstQueries> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var type in registry.ResourceTypes)
            {
                await AskAsync(type, stoppingToken);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Clients will be answered all the same, the first of them later.
            NotReady(exception);
        }
    }

    private async Task AskAsync(ResourceType type, CancellationToken cancellationToken)
    {
        var name = type.NameAttribute ?? CommonAttributes.ExternalId;
        var filter = FilterParser.Parse($"{name.Name} eq \"\"", type).Match<FilterExpression?>(parsed => parsed.Expression, _ => null);
        var query = new ResourceQuery([new TypeQuery(type, filter, WithGroups: true, WithMembers: true)], StartIndex: 1, Count: 1);
        var found = await queries.ListAsync(Guid.Empty, query, cancellationToken);
        await using var page = found.Match<ResourcePage?>(page => page, _ => null);
        await using var one = await queries.FindAsync(type, Guid.Empty, Guid.Empty, true, true, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The first queries could not be asked in advance.")]
    private partial void NotReady(Exception exception);
}
