using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>Mail to those who look after the installation.</summary>
public sealed class AdministratorMail(MailOutbox outbox, MailTest test, IDbContextFactory<NinjaIamDbContext> databases)
{
    private const string TestSubject = "Test mail from NinjaIam";
    private const string TestText = """
        This mail was sent from Administration, Settings, Mail in NinjaIam. That it arrived shows that the mail settings work.
        """;

    /// <summary>Queues a mail to every system administrator who can sign in, and answers how many that are.</summary>
    public async Task<int> EnqueueAsync(WriteScope scope, string subject, string text)
    {
        if (!outbox.IsSetUp)
        {
            return 0;
        }

        var administrators = await scope
            .Database.Users.AsNoTracking()
            .Where(user =>
                user.Kind == AccountKind.SystemAdministrator && !user.Blocked && user.Active && user.DeletedAt == null && user.Email != null
            )
            .Select(user => new { user.Id, user.Email })
            .ToListAsync(CancellationToken.None);
        var queued = 0;
        foreach (var administrator in administrators)
        {
            var mail = new OutgoingMail(administrator.Email!, subject, text) { AccountId = administrator.Id };
            queued += await outbox.EnqueueAsync(scope, mail) ? 1 : 0;
        }

        return queued;
    }

    /// <summary>Sends a mail to the system administrator who asks, at once. Answers the address, or refuses with the words of the server.</summary>
    public async Task<Outcome<string>> SendTestAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var user = await database.Users.AsNoTracking().SingleOrDefaultAsync(other => other.Id == actor.Id, cancellationToken);
        if (user is not { Kind: AccountKind.SystemAdministrator, MaySignIn: true, Email: { } address })
        {
            return new Refusal(RefusalKind.NotAllowed, "Only a system administrator with an email address may do this.");
        }

        var sent = await test.SendAsync(new OutgoingMail(address, TestSubject, TestText), cancellationToken);
        return sent.Match<Outcome<string>>(_ => address, refusal => refusal);
    }
}
