using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Leaving;

/// <summary>
/// Watches how many people a provider deactivates and deletes, inside the writes that do it. What one departure costs does not depend on how
/// many there were.
/// </summary>
public sealed class DepartureWatch(ChangeJournal journal, AdministratorMail mail, PortalAddress address)
{
    private static readonly long MinutesOfWindow = (long)MassDeparture.Window.TotalMinutes;

    /// <summary>
    /// Why a departure is put off, or null when it may happen. What is noted about it has to stay, and nothing else of the write.
    /// </summary>
    internal async Task<ScimError?> RefuseAsync(WriteScope scope, ProviderInScope provider)
    {
        if (!provider.HoldsMassDepartures)
        {
            return null;
        }

        if (await OpenAsync(scope, provider.Id) is { } open)
        {
            return open.IsHeld && open.ApprovedAt is null ? Refusals.HeldBack : null;
        }

        if (await IsApprovedAsync(scope, provider.Id))
        {
            return null;
        }

        var hour = await HourAsync(scope, provider.Id);
        if (!hour.IsMass(adding: 1))
        {
            return null;
        }

        await NoticeAsync(scope, provider.Id, hour, isHeld: true);
        return Refusals.HeldBack;
    }

    /// <summary>Notes that somebody left, after it was done.</summary>
    /// <param name="groups">Keys of the groups of somebody who was deleted; null for who was deactivated.</param>
    internal async Task NoteAsync(WriteScope scope, ProviderInScope provider, Guid account, IReadOnlyList<long>? groups)
    {
        await using (
            var departure = scope.Statement(
                """
                INSERT INTO departures("ProviderId", "AccountId", "At", "Groups") VALUES ($provider, $account, $now, $groups)
                ON CONFLICT("ProviderId", "AccountId") DO UPDATE SET "At" = excluded."At", "Groups" = excluded."Groups"
                """,
                ("$provider", provider.Id),
                ("$account", account),
                ("$now", scope.Now),
                ("$groups", groups is null ? null : string.Join(',', groups))
            )
        )
        {
            await departure.ExecuteNonQueryAsync();
        }

        await using (
            var minute = scope.Statement(
                """
                INSERT INTO departure_minutes("ProviderId", "Minute", "Deactivated", "Deleted") VALUES ($provider, $minute, $off, $gone)
                ON CONFLICT("ProviderId", "Minute") DO UPDATE SET "Deactivated" = "Deactivated" + $off, "Deleted" = "Deleted" + $gone
                """,
                ("$provider", provider.Id),
                ("$minute", MinuteOf(scope.Now)),
                ("$off", groups is null ? 1 : 0),
                ("$gone", groups is null ? 0 : 1)
            )
        )
        {
            await minute.ExecuteNonQueryAsync();
        }

        await using (
            var past = scope.Statement(
                """DELETE FROM departure_minutes WHERE "ProviderId" = $provider AND "Minute" <= $since""",
                ("$provider", provider.Id),
                ("$since", MinuteOf(scope.Now) - MinutesOfWindow)
            )
        )
        {
            await past.ExecuteNonQueryAsync();
        }

        await using (
            var more = scope.Statement(
                """UPDATE mass_departures SET "People" = "People" + 1 WHERE "ProviderId" = $provider AND "ClosedAt" IS NULL""",
                ("$provider", provider.Id)
            )
        )
        {
            if (await more.ExecuteNonQueryAsync() > 0)
            {
                return;
            }
        }

        var hour = await HourAsync(scope, provider.Id);
        if (hour.IsMass(adding: 0) && !await IsApprovedAsync(scope, provider.Id))
        {
            await NoticeAsync(scope, provider.Id, hour, isHeld: false);
        }
    }

    private async Task NoticeAsync(WriteScope scope, Guid providerId, Hour hour, bool isHeld)
    {
        var provider = await scope
            .Database.IdentityProviders.AsNoTracking()
            .SingleAsync(row => row.Id == providerId, CancellationToken.None);
        scope.Database.MassDepartures.Add(
            new MassDeparture
            {
                ProviderId = providerId,
                Since = hour.Since,
                NoticedAt = scope.Now,
                People = hour.People,
                Managed = hour.Managed,
                IsHeld = isHeld,
            }
        );
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await journal.AppendAsync(
            scope,
            Origin.Of(Actor.System),
            ProviderWriter.EntryOf(
                JournalKind.MassDepartureNoticed,
                provider,
                [new ChangedValue("people", null, hour.People.ToString(CultureInfo.InvariantCulture))]
            ),
            ChangeTopic.Users
        );
        await mail.EnqueueAsync(
            scope,
            $"{provider.DisplayName} takes the access of many people",
            $"""
            {provider.DisplayName} took the access of {hour.People:N0} of {hour.Managed:N0} people within an hour.
            {(isHeld ? "Further departures are held back until you approve them." : "If that is a mistake, you can restore these people.")}

            {address.BaseUrl}/administration/accounts/identity-providers/{provider.UniqueIdentifier}?tab=users
            """
        );
    }

    private static async Task<(bool IsHeld, DateTimeOffset? ApprovedAt)?> OpenAsync(WriteScope scope, Guid provider)
    {
        await using var statement = scope.Statement(
            """SELECT "IsHeld", "ApprovedAt" FROM mass_departures WHERE "ProviderId" = $provider AND "ClosedAt" IS NULL""",
            ("$provider", provider)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? (rows.GetBoolean(0), rows.IsDBNull(1) ? null : rows.GetInstant(1)) : null;
    }

    private static async Task<bool> IsApprovedAsync(WriteScope scope, Guid provider)
    {
        await using var statement = scope.Statement(
            """SELECT 1 FROM mass_departures WHERE "ProviderId" = $provider AND "ApprovedAt" > $since""",
            ("$provider", provider),
            ("$since", scope.Now - MassDeparture.ApprovedFor)
        );
        return await statement.ExecuteScalarAsync() is not null;
    }

    /// <summary>The last hour, as far as it was not dealt with.</summary>
    private static async Task<Hour> HourAsync(WriteScope scope, Guid provider)
    {
        await using var statement = scope.Statement(
            """
            SELECT COALESCE(SUM(m."Deactivated"), 0), COALESCE(SUM(m."Deleted"), 0), MIN(m."Minute"),
                COALESCE((SELECT c.total FROM counters c WHERE c.provider = $provider AND c.type = 'User'), 0)
            FROM departure_minutes m
            WHERE m."ProviderId" = $provider AND m."Minute" > MAX($since, COALESCE(
                (SELECT MAX(d."ClosedAt") FROM mass_departures d WHERE d."ProviderId" = $provider) / $perMinute, 0))
            """,
            ("$provider", provider),
            ("$since", MinuteOf(scope.Now) - MinutesOfWindow),
            ("$perMinute", TimeSpan.TicksPerMinute)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        await rows.ReadAsync();
        var (deactivated, deleted) = (rows.GetInt32(0), rows.GetInt32(1));
        return new Hour(
            deactivated + deleted,
            rows.GetInt32(3) + deleted,
            rows.IsDBNull(2) ? scope.Now : new DateTimeOffset(rows.GetInt64(2) * TimeSpan.TicksPerMinute, TimeSpan.Zero)
        );
    }

    private static long MinuteOf(DateTimeOffset moment) => moment.UtcTicks / TimeSpan.TicksPerMinute;

    private sealed record Hour(int People, int Managed, DateTimeOffset Since)
    {
        public bool IsMass(int adding) => People + adding >= MassDeparture.FewestPeople && (People + adding) * 10L > Managed;
    }
}
