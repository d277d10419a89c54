using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Mail;

/// <summary>
/// Takes mail inside the operation that it tells about: it is sent if that becomes durable, and never if it does not.
/// <see cref="MailDelivery"/> sends it.
/// </summary>
public sealed class MailOutbox(IOptions<MailOptions> options, IDbContextFactory<NinjaIamDbContext> databases, ChangeFeed feed)
{
    private const int LongestSubject = 200;

    // Woken twice before it looks is woken once.
    private readonly Channel<byte> _wake = Channel.CreateBounded<byte>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>False while no server is configured: nothing is queued then, and pages say so.</summary>
    public bool IsSetUp => options.Value.IsSetUp;

    /// <summary>Answers false for what nobody will get: mail is not set up, or the address is none.</summary>
    public async Task<bool> EnqueueAsync(WriteScope scope, OutgoingMail mail) => await EnqueueAllAsync(scope, [mail]) > 0;

    /// <summary>Takes many mails at once, and answers how many of them somebody will get.</summary>
    public async Task<int> EnqueueAllAsync(WriteScope scope, IEnumerable<OutgoingMail> mails)
    {
        if (!IsSetUp)
        {
            return 0;
        }

        var queued = mails
            .Where(mail => IsAddress(mail.Address))
            .Select(mail => new QueuedMail
            {
                Id = Guid.CreateVersion7(scope.Now),
                AccountId = mail.AccountId,
                Address = mail.Address,
                Subject = OneLine(mail.Subject),
                Text = mail.Text,
                CreatedAt = scope.Now,
                NextTryAt = scope.Now,
            })
            .ToList();
        if (queued.Count > 0)
        {
            scope.Database.Mails.AddRange(queued);
            await scope.Database.SaveChangesAsync(CancellationToken.None);
            scope.AfterCommit(() =>
            {
                Wake();
                feed.Publish(new Change(ChangeTopic.Mail));
            });
        }

        return queued.Count;
    }

    /// <summary>What is configured and how sending goes, for the Settings page; null while mail is not set up.</summary>
    public async Task<MailSetup?> SetupAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var mail = options.Value;
        if (!mail.IsSetUp)
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await database.Mails.CountAsync(cancellationToken);
        var failure = await database
            .Mails.Where(row => row.LastFailure != null)
            .OrderByDescending(row => row.CreatedAt)
            .Select(row => row.LastFailure)
            .FirstOrDefaultAsync(cancellationToken);
        return new MailSetup(mail.Host, mail.Port, mail.Security, mail.From, waiting, failure);
    }

    /// <summary>Ends when there may be something to send.</summary>
    internal Task WaitAsync(CancellationToken cancellationToken) => _wake.Reader.ReadAsync(cancellationToken).AsTask();

    internal void Wake() => _wake.Writer.TryWrite(default);

    /// <summary>The text without anything that would begin another header.</summary>
    internal static string OneLine(string text)
    {
        var line = string.Join(
            ' ',
            new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return line.Length <= LongestSubject ? line : line[..LongestSubject];
    }

    /// <summary>One address and nothing around it: no name, no second address, no line that ends.</summary>
    internal static bool IsAddress(string text) =>
        !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
        && MailboxAddress.TryParse(text, out var address)
        && address.Address == text
        && address.Domain.Length > 0;
}

/// <param name="Waiting">How many mails are not sent yet.</param>
/// <param name="LastFailure">Why one of those could not be sent so far, or null.</param>
public sealed record MailSetup(string Host, int Port, MailSecurity Security, string From, int Waiting, string? LastFailure);
