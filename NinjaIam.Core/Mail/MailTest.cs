using Microsoft.Extensions.Options;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.Mail;

/// <summary>Sends one mail at once and past the queue, to see whether the settings work.</summary>
public sealed class MailTest(IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>Refuses with the words of the server, or with what kept it from being asked.</summary>
    public async Task<Outcome<Completed>> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (!options.Value.IsSetUp)
        {
            return new Refusal(RefusalKind.PrerequisiteMissing, "Mail is not set up.");
        }

        if (!MailOutbox.IsAddress(mail.Address))
        {
            return new Refusal(RefusalKind.InvalidValue, "This is no address that mail can be sent to.");
        }

        await using var conversation = new SmtpConversation(options.Value);
        var now = clock.GetUtcNow();
        var failure =
            await conversation.OpenAsync(cancellationToken)
            ?? await conversation.SendAsync(Guid.CreateVersion7(now), mail.Address, mail.Subject, mail.Text, now, cancellationToken);
        return failure is null ? new Completed() : new Refusal(RefusalKind.PrerequisiteMissing, failure);
    }
}
