using Microsoft.Extensions.Hosting;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>A new installation has one organization, so that a provider can be added without creating one first.</summary>
internal sealed class FirstOrganization(IWritePath writePath, ChangeJournal journal) : IHostedService
{
    private const string Name = "Default organization";

    public Task StartAsync(CancellationToken cancellationToken) =>
        writePath.RunAsync(
            async scope =>
            {
                await using var any = scope.Statement("SELECT EXISTS(SELECT 1 FROM organizations)");
                if (await any.ExecuteScalarAsync() is 1L)
                {
                    return false;
                }

                var organization = new Organization
                {
                    Name = Name,
                    NormalizedName = TextKey.Of(Name),
                    CreatedAt = scope.Now,
                };
                scope.Database.Organizations.Add(organization);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await journal.AppendAsync(
                    scope,
                    Origin.Of(Actor.System),
                    Organizations.EntryOf(JournalKind.OrganizationCreated, organization, [new ChangedValue("name", null, Name)]),
                    ChangeTopic.Organizations
                );
                return true;
            },
            cancellationToken
        );

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
