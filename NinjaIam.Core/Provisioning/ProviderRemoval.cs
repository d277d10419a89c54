using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>Deletes an identity provider with everything that only it knows. It can't be undone.</summary>
public sealed class ProviderRemoval(IWritePath writePath, ManagedPeople people, ChangeJournal journal)
{
    private static readonly Refusal NoProvider = new(RefusalKind.NotFound, "This identity provider does not exist any more.");
    private static readonly Refusal StillOn = new(
        RefusalKind.PrerequisiteMissing,
        "SCIM is still enabled. Disable it first, then delete the identity provider."
    );
    private static readonly Refusal NotKept = new(
        RefusalKind.InvalidValue,
        "Choose what becomes of the people: without the identity provider nobody would manage them."
    );

    /// <summary>
    /// The provider, its tokens, groups, mappings and stored documents are gone; its people are kept by hand from here on.
    /// </summary>
    /// <param name="choice"><see cref="PeopleChoice.Convert"/>, or <see cref="PeopleChoice.Deactivate"/>: then sign-in is blocked as well.</param>
    public Task<Outcome<Completed>> DeleteAsync(Guid providerId, PeopleChoice choice, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseWithoutStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var provider = await scope.Database.IdentityProviders.SingleOrDefaultAsync(
                    row => row.Id == providerId,
                    CancellationToken.None
                );
                if (provider is null)
                {
                    return NoProvider;
                }

                if (provider.ScimEnabled)
                {
                    return StillOn;
                }

                if (choice == PeopleChoice.Keep)
                {
                    return NotKept;
                }

                if (choice == PeopleChoice.Deactivate)
                {
                    await people.DeactivateAsync(scope, providerId, provider.DisplayName, origin);
                }

                await people.ConvertAsync(scope, providerId, provider.DisplayName, origin);
                await EraseAsync(scope, providerId);
                await scope.TouchAsync(Concern.Providers);
                await scope.TouchAsync(Concern.Tokens);
                await journal.AppendAsync(
                    scope,
                    origin,
                    ProviderWriter.EntryOf(JournalKind.ProviderDeleted, provider, []),
                    ChangeTopic.Providers
                );
                return new Completed();
            },
            cancellationToken
        );

    private static async Task EraseAsync(WriteScope scope, Guid provider)
    {
        const string Rows = "SELECT seq FROM resources WHERE provider = $provider";
        foreach (
            var sql in (string[])
                [
                    $"DELETE FROM members WHERE group_seq IN ({Rows}) OR member_seq IN ({Rows})",
                    $"DELETE FROM resource_values WHERE seq IN ({Rows})",
                    $"DELETE FROM resource_unique WHERE seq IN ({Rows})",
                    "DELETE FROM resources WHERE provider = $provider",
                    "DELETE FROM counters WHERE provider = $provider",
                    // Who was deleted by the provider stays listed, deleted.
                    """UPDATE accounts SET "ProviderId" = NULL, "ConcurrencyStamp" = lower(hex(randomblob(16))) WHERE "ProviderId" = $provider""",
                    """DELETE FROM providers WHERE "Id" = $provider""",
                ]
        )
        {
            await using var statement = scope.Statement(sql, ("$provider", provider));
            await statement.ExecuteNonQueryAsync();
        }
    }
}
