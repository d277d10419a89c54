using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Adoption;

/// <summary>The statements behind <see cref="AdoptionRequest"/> for the writes of provisioning clients.</summary>
internal static class AdoptionRequests
{
    /// <summary>Notes that the provider wants to take the person over. What was decided already is left as it is.</summary>
    public static async Task NoteAsync(WriteScope scope, ProvisioningCall caller, AdoptableAccount account, ChangeJournal journal)
    {
        await using var again = scope.Statement(
            """UPDATE adoption_requests SET "LastAskedAt" = $now WHERE "AccountId" = $account AND "ProviderId" = $provider""",
            ("$account", account.Id),
            ("$provider", caller.ProviderId),
            ("$now", scope.Now)
        );
        if (await again.ExecuteNonQueryAsync() > 0)
        {
            return;
        }

        await using var first = scope.Statement(
            """
            INSERT INTO adoption_requests("AccountId", "ProviderId", "AskedAt", "LastAskedAt", "IsApproved")
            VALUES ($account, $provider, $now, $now, 0)
            """,
            ("$account", account.Id),
            ("$provider", caller.ProviderId),
            ("$now", scope.Now)
        );
        await first.ExecuteNonQueryAsync();
        await journal.AppendAsync(
            scope,
            caller.Origin,
            EntryOf(JournalKind.AdoptionAsked, caller.ProviderId, account.Id, account.Name),
            ChangeTopic.Users
        );
    }

    /// <summary>Nothing is left to decide about somebody who was taken over.</summary>
    public static async Task ForgetAsync(WriteScope scope, Guid account)
    {
        await using var statement = scope.Statement(
            """DELETE FROM adoption_requests WHERE "AccountId" = $account""",
            ("$account", account)
        );
        await statement.ExecuteNonQueryAsync();
    }

    public static JournalEntry EntryOf(string kind, Guid provider, Guid account, string name) =>
        new(kind)
        {
            ProviderId = provider,
            ResourceType = "User",
            ResourceId = account.ToString("D"),
            Subject = name,
        };
}
