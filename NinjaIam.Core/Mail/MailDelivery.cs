using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Mail;

/// <summary>
/// Sends the mail that waits. What fails is tried again, each time after twice as long and at most every four hours, and given up after
/// a day, which Activities says. A mail may arrive twice when the program dies at the wrong moment, but not never.
/// </summary>
public sealed partial class MailDelivery(
    MailOutbox outbox,
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IOptions<MailOptions> options,
    ChangeJournal journal,
    ChangeFeed feed,
    TimeProvider clock,
    ILogger<MailDelivery> logger
) : BackgroundService
{
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);

    private const string NotSetUp = "Mail is not set up any more.";
    private const int MostAtOnce = 50;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Tries everything that is due now, and answers how many mails the server took.</summary>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var sent = 0;
            while (await ClaimAsync(cancellationToken) is { Count: > 0 } claimed)
            {
                sent += await SendAsync(claimed, cancellationToken);
            }

            return sent;
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What waits from before, and what was queued by the command line, is looked for; what this process queues wakes it.
        await using var timer = clock.CreateTimer(_ => outbox.Wake(), null, TimeSpan.Zero, Between);
        try
        {
            while (true)
            {
                await outbox.WaitAsync(stoppingToken);
                try
                {
                    await DeliverDueAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // The database took no note of it; the next look tries again.
                    DeliveryFailed(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program is stopping. What was not sent waits for the next start.
        }
    }

    /// <summary>The mails that are due, each with its next try written first: when nothing can be written, nothing is sent either.</summary>
    private async Task<List<QueuedMail>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (!await database.Mails.AnyAsync(mail => mail.NextTryAt <= now, cancellationToken))
            {
                return [];
            }
        }

        return await writePath.RunAsync(
            async scope =>
            {
                var due = await scope
                    .Database.Mails.Where(mail => mail.NextTryAt <= scope.Now)
                    .OrderBy(mail => mail.CreatedAt)
                    .Take(MostAtOnce)
                    .ToListAsync(CancellationToken.None);
                foreach (var mail in due)
                {
                    mail.Tries++;
                    mail.NextTryAt = NextTry(mail, scope.Now);
                }

                await scope.Database.SaveChangesAsync(CancellationToken.None);
                return due;
            },
            cancellationToken
        );
    }

    private static DateTimeOffset NextTry(QueuedMail mail, DateTimeOffset now)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(mail.Tries - 1, 10));
        var next = now + (pause < LongestPause ? pause : LongestPause);
        var last = mail.CreatedAt + GivenUpAfter;
        return next < last || now >= last ? next : last;
    }

    private async Task<int> SendAsync(List<QueuedMail> mails, CancellationToken cancellationToken)
    {
        await using var conversation = new SmtpConversation(options.Value);
        var closed = options.Value.IsSetUp ? null : NotSetUp;
        var sent = 0;
        foreach (var mail in mails)
        {
            if (closed is null && !conversation.IsOpen)
            {
                closed = await conversation.OpenAsync(cancellationToken);
            }

            var failure =
                closed ?? await conversation.SendAsync(mail.Id, mail.Address, mail.Subject, mail.Text, mail.CreatedAt, cancellationToken);
            await SettleAsync(mail, failure);
            sent += failure is null ? 1 : 0;
        }

        return sent;
    }

    private Task<bool> SettleAsync(QueuedMail tried, string? failure) =>
        writePath.RunAsync(
            async scope =>
            {
                var mail = await scope.Database.Mails.SingleOrDefaultAsync(row => row.Id == tried.Id, CancellationToken.None);
                if (mail is null)
                {
                    return false;
                }

                if (failure is null)
                {
                    scope.Database.Mails.Remove(mail);
                }
                else if (scope.Now >= mail.CreatedAt + GivenUpAfter)
                {
                    scope.Database.Mails.Remove(mail);
                    await journal.AppendAsync(scope, Origin.Of(Actor.System), GivenUp(mail, failure), ChangeTopic.Mail);
                    scope.AfterCommit(() => MailGivenUp(mail.Id, mail.Tries));
                }
                else
                {
                    mail.LastFailure = failure;
                }

                await scope.Database.SaveChangesAsync(CancellationToken.None);
                scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Mail)));
                return true;
            },
            CancellationToken.None
        );

    private static JournalEntry GivenUp(QueuedMail mail, string failure) =>
        new(JournalKind.MailGivenUp)
        {
            ResourceType = mail.AccountId is null ? null : "User",
            ResourceId = mail.AccountId?.ToString(),
            Subject = mail.Subject,
            Changes = [new ChangedValue("reason", null, failure)],
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail could not be delivered. It is tried again.")]
    private partial void DeliveryFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail} was given up after {Tries} tries; Activities says why.")]
    private partial void MailGivenUp(Guid mail, int tries);
}
