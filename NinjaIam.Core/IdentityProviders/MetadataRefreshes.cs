using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>How reading metadata again ended, where it could be read.</summary>
public enum MetadataCheck
{
    /// <summary>It says what is saved.</summary>
    Unchanged,

    /// <summary>It says something else, which waits for an administrator.</summary>
    Waiting,

    /// <summary>It says something else, which an administrator refused before.</summary>
    RefusedBefore,
}

/// <summary>
/// Reads the metadata of each provider again, once a day, where it was imported from an address. What is saved is never changed by that:
/// whoever decides about keys and addresses decides who signs in, so a difference waits until an administrator accepts or refuses it.
/// </summary>
public sealed partial class MetadataRefreshes(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    MetadataDownloader downloader,
    SamlMetadataReader reader,
    ChangeJournal journal,
    ChangeFeed feed,
    AdministratorMail mail,
    PortalAddress address,
    TimeProvider clock,
    ILogger<MetadataRefreshes> logger
)
{
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>How long reading may fail before administrators are told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private const int MostAtOnce = 10;
    private const int MostRefusedKept = 10;
    private const int LongestFailure = 1_000;
    private const int SpreadMinutes = 60;
    private static readonly TimeSpan Retry = TimeSpan.FromHours(1);

    private static readonly Refusal NoProvider = new(RefusalKind.NotFound, "This identity provider does not exist any more.");
    private static readonly Refusal NoAddress = new(
        RefusalKind.PrerequisiteMissing,
        "The metadata was not imported from an address, so there is none to read it from. Import it by URL."
    );
    private static readonly Refusal ImportedMeanwhile = new(
        RefusalKind.Stale,
        "Somebody imported metadata meanwhile. Reload to see what is saved now."
    );
    private static readonly Refusal ChangedMeanwhile = new(
        RefusalKind.Stale,
        "This change is not the one that waits any more. Look at what is shown now before you decide."
    );

    /// <summary>Reads the metadata of those providers that are due, a few at a time, and answers how many they were.</summary>
    public async Task<int> CheckDueAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        foreach (var provider in due)
        {
            await FetchAsync(provider, cancellationToken);
        }

        return due.Count;
    }

    /// <summary>Reads one provider's metadata now. A refusal says why that did not work; it is kept as the reason it shows.</summary>
    public async Task<Outcome<MetadataCheck>> CheckAsync(Guid providerId, Origin origin, CancellationToken cancellationToken)
    {
        if (await writePath.RunAsync(scope => scope.RefuseOthersAsync(origin), cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await FetchAsync(providerId, cancellationToken);
    }

    /// <summary>Saves the change that waits. Asks for a step-up: whoever has the keys signs people in.</summary>
    /// <param name="digest">Of the change that the administrator saw; another one refuses with <see cref="RefusalKind.Stale"/>.</param>
    public Task<Outcome<Completed>> AcceptAsync(Guid providerId, string digest, Origin origin, CancellationToken cancellationToken) =>
        DecideAsync(
            providerId,
            digest,
            scope => scope.RefuseWithoutStepUpAsync(origin),
            async (scope, provider, waiting) =>
            {
                var changes = MetadataContent.Changes(provider.Saml, await CertificatesAsync(scope.Database, providerId), waiting.Metadata);
                await ProviderWriter.WriteMetadataAsync(scope, providerId, waiting.Metadata);
                scope.Database.MetadataRefreshes.Add(
                    new MetadataRefresh
                    {
                        ProviderId = providerId,
                        NextAt = waiting.Row.NextAt,
                        CheckedAt = waiting.Row.CheckedAt,
                        SucceededAt = waiting.Row.SucceededAt,
                    }
                );
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await AppendAsync(scope, origin, JournalKind.ProviderMetadataImported, provider, changes);
            },
            cancellationToken
        );

    /// <summary>Drops the change that waits. Metadata that says the same is not asked about again.</summary>
    /// <param name="digest">See <see cref="AcceptAsync"/>.</param>
    public Task<Outcome<Completed>> RefuseAsync(Guid providerId, string digest, Origin origin, CancellationToken cancellationToken) =>
        DecideAsync(
            providerId,
            digest,
            scope => scope.RefuseOthersAsync(origin),
            async (scope, provider, waiting) =>
            {
                var changes = MetadataContent.Changes(provider.Saml, await CertificatesAsync(scope.Database, providerId), waiting.Metadata);
                var row = await scope.Database.MetadataRefreshes.SingleAsync(
                    other => other.ProviderId == providerId,
                    CancellationToken.None
                );
                row.RefusedDigests = string.Join(' ', Refused(row).Prepend(digest).Take(MostRefusedKept));
                Drop(row);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await AppendAsync(scope, origin, JournalKind.MetadataChangeRefused, provider, changes);
            },
            cancellationToken
        );

    /// <summary>What reading again came to, for the provider's page; null while it was not tried.</summary>
    internal static MetadataRefreshView? ViewOf(MetadataRefresh? row, DateTimeOffset now) =>
        row is null
            ? null
            : new MetadataRefreshView(
                row.CheckedAt,
                row.SucceededAt,
                row.Failure,
                row.FailingSince <= now - Patience,
                row is { Waiting: { } waiting, WaitingDigest: { } digest, WaitingSince: { } since }
                    ? new WaitingMetadata(MetadataContent.FromJson(waiting), digest, since)
                    : null
            );

    private async Task<List<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var imported = now - Interval;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await (
            from provider in database.IdentityProviders
            join row in database.MetadataRefreshes on provider.Id equals row.ProviderId into rows
            from refresh in rows.DefaultIfEmpty()
            where provider.DisabledAt == null && provider.Saml != null && provider.Saml.MetadataUrl != null
            where refresh == null ? provider.Saml!.ImportedAt <= imported : refresh.NextAt <= now
            orderby refresh == null ? provider.Saml!.ImportedAt : refresh.NextAt
            select provider.Id
        )
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
    }

    private async Task<Outcome<MetadataCheck>> FetchAsync(Guid providerId, CancellationToken cancellationToken)
    {
        SamlSettings? saml;
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            var provider = await database
                .IdentityProviders.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == providerId, cancellationToken);
            if (provider is null)
            {
                return NoProvider;
            }

            saml = provider.Saml;
        }

        if (saml?.MetadataUrl is not { } url)
        {
            return NoAddress;
        }

        var read = await ReadAsync(saml.EntityId, url, providerId, cancellationToken);
        var (check, refusal) = await writePath.RunAsync(scope => NoteAsync(scope, providerId, saml, read), CancellationToken.None);
        return refusal is null ? check : refusal;
    }

    private async Task<Outcome<ImportedMetadata>> ReadAsync(
        string entityId,
        string url,
        Guid providerId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var content = await downloader.DownloadAsync(url, cancellationToken);
            return content
                .Match<Outcome<SamlMetadata>>(document => reader.Read(document), refusal => refusal)
                .Match<Outcome<ImportedMetadata>>(
                    metadata =>
                        metadata.EntityId == entityId
                            ? ImportedMetadata.From(metadata, url)
                            : new Refusal(
                                RefusalKind.InvalidValue,
                                $"The metadata at this address is that of “{metadata.EntityId}” and not of “{entityId}”, so nothing of it is taken over. "
                                    + "Correct the address at the identity provider, or import the metadata again if it has a new entity ID."
                            ),
                    refusal => refusal
                );
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One address that nobody expected must not keep the others from being read.
            ReadingFailed(providerId, exception);
            return new Refusal(
                RefusalKind.InvalidValue,
                "Reading the metadata failed in a way that nobody expected; the log of the program says how. Import the file instead."
            );
        }
    }

    // No outcome: what was refused is written down, and a refused outcome would take that back.
    private async Task<(MetadataCheck Check, Refusal? Refusal)> NoteAsync(
        WriteScope scope,
        Guid providerId,
        SamlSettings read,
        Outcome<ImportedMetadata> outcome
    )
    {
        var provider = await scope.Database.IdentityProviders.SingleOrDefaultAsync(row => row.Id == providerId, CancellationToken.None);
        if (provider is null)
        {
            return (default, NoProvider);
        }

        if (provider.Saml is not { } saml || saml.MetadataUrl != read.MetadataUrl || saml.ImportedAt != read.ImportedAt)
        {
            return (default, ImportedMeanwhile);
        }

        var row = await scope.Database.MetadataRefreshes.SingleOrDefaultAsync(
            other => other.ProviderId == providerId,
            CancellationToken.None
        );
        if (row is null)
        {
            row = new MetadataRefresh { ProviderId = providerId };
            scope.Database.MetadataRefreshes.Add(row);
        }

        row.CheckedAt = scope.Now;
        var result = await outcome.Match<Task<(MetadataCheck, Refusal?)>>(
            async metadata =>
            {
                (row.SucceededAt, row.FailingSince, row.Failure) = (scope.Now, null, null);
                row.NextAt = scope.Now + Interval - Spread(providerId);
                return (await CompareAsync(scope, provider, row, metadata), null);
            },
            refusal =>
            {
                row.FailingSince ??= scope.Now;
                row.Failure = refusal.Detail.Length > LongestFailure ? refusal.Detail[..LongestFailure] : refusal.Detail;
                row.NextAt = scope.Now + Retry;
                return Task.FromResult<(MetadataCheck, Refusal?)>((default, refusal));
            }
        );
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Providers, providerId)));
        return result;
    }

    private async Task<MetadataCheck> CompareAsync(
        WriteScope scope,
        IdentityProvider provider,
        MetadataRefresh row,
        ImportedMetadata metadata
    )
    {
        var certificates = await CertificatesAsync(scope.Database, provider.Id);
        var digest = MetadataContent.DigestOf(metadata);
        var isSaved = digest == MetadataContent.DigestOf(provider.Saml!, certificates);
        if (isSaved || Refused(row).Contains(digest))
        {
            Drop(row);
            return isSaved ? MetadataCheck.Unchanged : MetadataCheck.RefusedBefore;
        }

        if (row.WaitingDigest != digest)
        {
            (row.Waiting, row.WaitingDigest, row.WaitingSince) = (MetadataContent.ToJson(metadata), digest, scope.Now);
            if (row.AnnouncedDigest != digest)
            {
                row.AnnouncedDigest = digest;
                await AppendAsync(
                    scope,
                    Origin.Of(Actor.System),
                    JournalKind.MetadataChangeFound,
                    provider,
                    MetadataContent.Changes(provider.Saml, certificates, metadata)
                );
                await mail.EnqueueAsync(scope, $"{provider.DisplayName} has new SAML metadata", TextOf(provider));
            }
        }

        return MetadataCheck.Waiting;
    }

    private Task<Outcome<Completed>> DecideAsync(
        Guid providerId,
        string digest,
        Func<WriteScope, Task<Refusal?>> guard,
        Func<WriteScope, IdentityProvider, (MetadataRefresh Row, ImportedMetadata Metadata), Task> decide,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await guard(scope) is { } refusal)
                {
                    return refusal;
                }

                var provider = await scope
                    .Database.IdentityProviders.AsNoTracking()
                    .SingleOrDefaultAsync(row => row.Id == providerId, CancellationToken.None);
                if (provider is null)
                {
                    return NoProvider;
                }

                var row = await scope
                    .Database.MetadataRefreshes.AsNoTracking()
                    .SingleOrDefaultAsync(other => other.ProviderId == providerId, CancellationToken.None);
                if (row is not { Waiting: { } waiting } || row.WaitingDigest != digest)
                {
                    return ChangedMeanwhile;
                }

                await decide(scope, provider, (row, MetadataContent.FromJson(waiting)));
                return new Completed();
            },
            cancellationToken
        );

    private string TextOf(IdentityProvider provider) =>
        $"""
            The SAML metadata of {provider.DisplayName} says something other than what is saved here: other signing certificates, or another
            address for signing in. Nothing was changed.

            Identity providers do this when they renew their signing key. Sign-in stops once they use a key that is not saved here, so look at
            the change and accept or refuse it:
            {address.ProviderPage(provider.UniqueIdentifier)}?tab=single-sign-on

            You get this mail because you are a system administrator of NinjaIam.
            """;

    private Task AppendAsync(
        WriteScope scope,
        Origin origin,
        string kind,
        IdentityProvider provider,
        IReadOnlyList<ChangedValue> changes
    ) => journal.AppendAsync(scope, origin, ProviderWriter.EntryOf(kind, provider, changes), ChangeTopic.Providers);

    private static Task<List<SigningCertificate>> CertificatesAsync(NinjaIamDbContext database, Guid providerId) =>
        database.SigningCertificates.AsNoTracking().Where(row => row.ProviderId == providerId).ToListAsync(CancellationToken.None);

    private static string[] Refused(MetadataRefresh row) => row.RefusedDigests.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Drop(MetadataRefresh row) => (row.Waiting, row.WaitingDigest, row.WaitingSince) = (null, null, null);

    /// <summary>Providers that were imported or tried together drift apart: each has a time of its own by which its day is shorter.</summary>
    private static TimeSpan Spread(Guid providerId) => TimeSpan.FromMinutes(providerId.ToByteArray()[^1] % SpreadMinutes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the metadata of the identity provider {ProviderId} failed.")]
    private partial void ReadingFailed(Guid providerId, Exception exception);
}
