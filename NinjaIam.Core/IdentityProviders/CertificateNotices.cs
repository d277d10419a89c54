using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// Announces the end of the signing certificate that lasts longest of each provider by which people sign in: as an activity, and by mail to
/// the system administrators. After it nobody signs in there.
/// </summary>
public sealed class CertificateNotices(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    ChangeJournal journal,
    AdministratorMail mail,
    PortalAddress address,
    TimeProvider clock
)
{
    /// <summary>Announces what is due now and was not announced yet, and answers how many announcements that were.</summary>
    public Task<int> AnnounceDueAsync(CancellationToken cancellationToken) =>
        EndNotices.AnnounceDueAsync(writePath, databases, clock, DueAsync, AnnounceAsync, cancellationToken);

    private static async Task<List<CertificateEnd>> DueAsync(
        NinjaIamDbContext database,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var soon = now + Expiry.Soon;
        var (certificates, notices) = (database.SigningCertificates, database.CertificateNotices);
        var ends = await (
            from certificate in certificates
            join provider in database.IdentityProviders on certificate.ProviderId equals provider.Id
            where provider.SingleSignOnSince != null && provider.DisabledAt == null && certificate.NotAfter <= soon
            where !certificates.Any(other => other.ProviderId == provider.Id && other.NotAfter > certificate.NotAfter)
            orderby certificate.Fingerprint
            select new CertificateEnd(
                certificate.Fingerprint,
                certificate.Subject,
                certificate.NotAfter,
                provider.Id,
                provider.UniqueIdentifier,
                provider.DisplayName,
                notices
                    .Where(notice => notice.ProviderId == provider.Id && notice.Fingerprint == certificate.Fingerprint)
                    .Min(notice => (int?)notice.Days)
            )
        ).ToListAsync(cancellationToken);
        // Of two that end at the same instant, one stands for both.
        return
        [
            .. ends.DistinctBy(end => end.ProviderId)
                .Where(end => end.Announced is not { } announced || EndNotices.Due(end.At, now) < announced),
        ];
    }

    private async Task AnnounceAsync(WriteScope scope, CertificateEnd end)
    {
        var days = EndNotices.Due(end.At, scope.Now);
        scope.Database.CertificateNotices.Add(
            new CertificateNotice
            {
                ProviderId = end.ProviderId,
                Fingerprint = end.Fingerprint,
                Days = days,
                At = scope.Now,
            }
        );
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await journal.AppendAsync(
            scope,
            Origin.Of(Actor.System),
            new JournalEntry(days == EndNotices.Ended ? JournalKind.CertificateEnded : JournalKind.CertificateEnding)
            {
                ProviderId = end.ProviderId,
                ResourceType = "Provider",
                ResourceId = end.UniqueIdentifier,
                Subject = end.ProviderName,
                Changes = [new ChangedValue("expires", null, end.At.ToString("O"))],
            },
            ChangeTopic.Providers
        );
        await mail.EnqueueAsync(scope, SubjectOf(end, scope.Now), TextOf(end, scope.Now));
    }

    private static string SubjectOf(CertificateEnd end, DateTimeOffset now) =>
        end.At <= now
            ? $"The signing certificate of {end.ProviderName} has expired"
            : $"The signing certificate of {end.ProviderName} expires in {EndNotices.Left(end.At - now)}";

    private string TextOf(CertificateEnd end, DateTimeOffset now)
    {
        var page = address.ProviderPage(end.UniqueIdentifier);
        return end.At <= now
            ? $"""
                The signing certificate {end.Subject} of {end.ProviderName} expired on {EndNotices.Words(
                    end.At
                )}, and there is no newer one.

                Nobody signs in by {end.ProviderName} any more. Renew the certificate there, then import its metadata again:
                {page}

                You get this mail because you are a system administrator of NinjaIam.
                """
            : $"""
                The signing certificate {end.Subject} of {end.ProviderName} expires on {EndNotices.Words(end.At)}, in {EndNotices.Left(
                    end.At - now
                )}, and there is no newer one.

                From then on nobody signs in by {end.ProviderName}. Let it show its next certificate, then import its metadata again; both
                certificates count until the old one expires:
                {page}

                You get this mail because you are a system administrator of NinjaIam.
                """;
    }

    /// <param name="Announced">Days before the end of the most urgent announcement so far, or null.</param>
    private sealed record CertificateEnd(
        string Fingerprint,
        string Subject,
        DateTimeOffset At,
        Guid ProviderId,
        string UniqueIdentifier,
        string ProviderName,
        int? Announced
    );
}
