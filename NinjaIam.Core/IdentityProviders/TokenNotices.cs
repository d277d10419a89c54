using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// Announces the end of each provider's longest-living token 30, 14, 7 and 1 days before it and when it has come: as an activity, and by
/// mail to the system administrators. After a time in which the program did not run, only the most urgent announcement is made.
/// </summary>
public sealed class TokenNotices(
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

    private static async Task<List<TokenEnd>> DueAsync(NinjaIamDbContext database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var soon = now + Expiry.Soon;
        var tokens = database.ScimTokens;
        var notices = database.TokenNotices;
        var providers = database.IdentityProviders;
        var ends = await (
            from token in tokens
            join provider in providers on token.ProviderId equals provider.Id
            where provider.ScimEnabled && token.RevokedAt == null && token.ReplacedBy == null && token.ExpiresAt <= soon
            where
                !tokens.Any(other =>
                    other.ProviderId == token.ProviderId
                    && other.RevokedAt == null
                    && other.ReplacedBy == null
                    && other.ExpiresAt > token.ExpiresAt
                )
            // A provider whose last token was revoked has lost it by somebody's hand, not by its age.
            where token.ExpiresAt > now || !tokens.Any(other => other.ProviderId == token.ProviderId && other.RevokedAt > token.ExpiresAt)
            orderby token.PublicId
            select new TokenEnd(
                token.PublicId,
                token.Label,
                token.ExpiresAt,
                provider.Id,
                provider.UniqueIdentifier,
                provider.DisplayName,
                notices.Where(notice => notice.TokenId == token.PublicId).Min(notice => (int?)notice.Days)
            )
        ).ToListAsync(cancellationToken);
        // Of two that end at the same instant, one stands for both.
        return
        [
            .. ends.DistinctBy(end => end.ProviderId)
                .Where(end => end.Announced is not { } announced || EndNotices.Due(end.At, now) < announced),
        ];
    }

    private async Task AnnounceAsync(WriteScope scope, TokenEnd end)
    {
        var days = EndNotices.Due(end.At, scope.Now);
        scope.Database.TokenNotices.Add(
            new TokenNotice
            {
                TokenId = end.PublicId,
                Days = days,
                At = scope.Now,
            }
        );
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await journal.AppendAsync(
            scope,
            Origin.Of(Actor.System),
            new JournalEntry(days == EndNotices.Ended ? JournalKind.TokenEnded : JournalKind.TokenEnding)
            {
                ProviderId = end.ProviderId,
                ResourceType = "Token",
                ResourceId = end.PublicId,
                Subject = end.ProviderName,
                Changes = [new ChangedValue("expires", null, end.At.ToString("O"))],
            },
            ChangeTopic.Tokens
        );
        await mail.EnqueueAsync(scope, SubjectOf(end, scope.Now), TextOf(end, scope.Now));
    }

    private static string SubjectOf(TokenEnd end, DateTimeOffset now) =>
        end.At <= now
            ? $"The SCIM token of {end.ProviderName} has expired"
            : $"The SCIM token of {end.ProviderName} expires in {EndNotices.Left(end.At - now)}";

    private string TextOf(TokenEnd end, DateTimeOffset now)
    {
        var token = ScimTokenText.Shown(end.PublicId) + (end.Label is { } label ? $" ({label})" : "");
        var at = EndNotices.Words(end.At);
        var page = address.ProviderPage(end.UniqueIdentifier);
        return end.At <= now
            ? $"""
                The SCIM token {token} of {end.ProviderName} expired on {at}.

                {end.ProviderName} has no live token any more. Its requests are refused: nobody is created, changed or deactivated.
                Create a new token and store it at the identity provider:
                {page}

                You get this mail because you are a system administrator of NinjaIam.
                """
            : $"""
                The SCIM token {token} of {end.ProviderName} expires on {at}, in {EndNotices.Left(end.At - now)}.

                From then on the requests of {end.ProviderName} are refused: nobody is created, changed or deactivated.
                Rotate the token before; the old one goes on working until the new one is in its place:
                {page}

                You get this mail because you are a system administrator of NinjaIam.
                """;
    }

    /// <param name="Announced">Days before the end of the most urgent announcement so far, or null.</param>
    private sealed record TokenEnd(
        string PublicId,
        string? Label,
        DateTimeOffset At,
        Guid ProviderId,
        string UniqueIdentifier,
        string ProviderName,
        int? Announced
    );
}
