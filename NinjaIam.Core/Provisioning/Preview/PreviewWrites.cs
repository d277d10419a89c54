using System.Globalization;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Preview;

/// <summary>Finds out what an evaluated write would have done, and stores what was found.</summary>
internal static class PreviewWrites
{
    /// <summary>Where the journal ends before a write is evaluated.</summary>
    public static async Task<long> BeginAsync(WriteScope scope)
    {
        await using var statement = scope.Statement("""SELECT COALESCE(MAX("Seq"), 0) FROM journal""");
        return Convert.ToInt64(await statement.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>What the write has done so far, as its own journal tells it: asked before it is taken back.</summary>
    /// <param name="since">The answer of <see cref="BeginAsync"/>.</param>
    /// <param name="target">What the request names: the name in a POST, else the id.</param>
    public static async Task<IReadOnlyList<PreviewFinding>> OfDoneAsync(WriteScope scope, Guid provider, long since, string target)
    {
        var rows = new List<(string Kind, string Type, string Id, string? Subject)>();
        await using (
            var statement = scope.Statement(
                """
                SELECT j."Kind", j."ResourceType", j."ResourceId", v."Subject" FROM journal j JOIN journal_values v ON v."Seq" = j."Seq"
                WHERE j."Seq" > $since ORDER BY j."Seq"
                """,
                ("$since", since)
            )
        )
        {
            await using var read = await statement.ExecuteReaderAsync();
            while (await read.ReadAsync())
            {
                rows.Add((read.GetString(0), read.GetText(1) ?? "", read.GetText(2) ?? "", read.GetText(3)));
            }
        }

        return
        [
            .. rows.GroupBy(row => (row.Type, row.Id))
                .Select(of =>
                {
                    var first = of.MinBy(row => ResultOf(row.Kind));
                    var result = ResultOf(first.Kind);
                    var isNamed = result is PreviewResult.New or PreviewResult.Adopted or PreviewResult.Returns && !IsId(target);
                    return new PreviewFinding
                    {
                        ProviderId = provider,
                        ResourceType = first.Type,
                        Key = isNamed ? TextKey.Of(target) : first.Id,
                        Result = result,
                        Subject = isNamed ? target : first.Subject ?? first.Id,
                        ResourceId = result == PreviewResult.New ? null : Guid.Parse(first.Id),
                        At = scope.Now,
                    };
                }),
        ];
    }

    /// <param name="target">As for what was done.</param>
    public static PreviewFinding OfRefused(Guid provider, string resourceType, string target, ScimError error, DateTimeOffset now) =>
        new()
        {
            ProviderId = provider,
            ResourceType = resourceType,
            Key = IsId(target) ? target : TextKey.Of(target),
            Result =
                error.IsWaiting ? PreviewResult.Waits
                : error.Status == 409 ? PreviewResult.Collides
                : PreviewResult.Refused,
            Subject = target,
            Detail = error.Detail,
            ResourceId = IsId(target) ? Guid.ParseExact(target, "D") : null,
            At = now,
        };

    public static async Task StoreAsync(WriteScope scope, IReadOnlyList<PreviewFinding> findings)
    {
        foreach (var finding in findings)
        {
            await using var statement = scope.Statement(
                """
                INSERT INTO preview_findings("ProviderId", "ResourceType", "Key", "Result", "Subject", "Detail", "ResourceId", "At")
                VALUES ($provider, $type, $key, $result, $subject, $detail, $resource, $at)
                ON CONFLICT("ProviderId", "ResourceType", "Key") DO UPDATE SET "Result" = excluded."Result", "Subject" = excluded."Subject",
                    "Detail" = excluded."Detail", "ResourceId" = excluded."ResourceId", "At" = excluded."At"
                """,
                ("$provider", finding.ProviderId),
                ("$type", finding.ResourceType),
                ("$key", finding.Key),
                ("$result", finding.Result),
                ("$subject", finding.Subject),
                ("$detail", finding.Detail),
                ("$resource", finding.ResourceId),
                ("$at", finding.At)
            );
            await statement.ExecuteNonQueryAsync();
        }
    }

    private static PreviewResult ResultOf(string kind) =>
        kind switch
        {
            JournalKind.UserCreated or JournalKind.GroupCreated or JournalKind.ResourceCreated => PreviewResult.New,
            JournalKind.UserAdopted => PreviewResult.Adopted,
            JournalKind.UserReturned or JournalKind.GroupReturned or JournalKind.ResourceReturned => PreviewResult.Returns,
            JournalKind.UserDeactivated or JournalKind.UserDeleted or JournalKind.GroupDeleted or JournalKind.ResourceDeleted =>
                PreviewResult.Leaves,
            _ => PreviewResult.Changes,
        };

    private static bool IsId(string target) => Guid.TryParseExact(target, "D", out _);
}
