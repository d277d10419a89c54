using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>What became of links for many people.</summary>
/// <param name="People">How many were sent one.</param>
/// <param name="WithoutAddress">How many have no email address, and so no link.</param>
public sealed record SentLinks(int People, int WithoutAddress);

/// <summary>Sends people links by which they choose a password, by mail or to be handed over.</summary>
public sealed class PasswordResets(
    IWritePath writePath,
    PasswordLinks links,
    ISignOnRules rules,
    InvitationMail mail,
    ChangeJournal journal
)
{
    /// <summary>So many people in one operation; others write in between.</summary>
    private const int PartSize = 500;

    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");
    private static readonly Refusal NoMail = new(
        RefusalKind.PrerequisiteMissing,
        "Mail is not set up, so no links can be sent. Set up mail, or reset the passwords one by one on the pages of the people."
    );

    private static readonly Refusal NobodyIsStranded = new(
        RefusalKind.NotAllowed,
        "Single sign-on is enabled for this identity provider, so its people need no password."
    );

    /// <summary>Makes a link for one person. The link before stops working. Asks for a step-up.</summary>
    public Task<Outcome<Invitation>> SendAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Invitation>>(
            async scope =>
            {
                if (await scope.RefuseWithoutStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (await scope.Database.Users.SingleOrDefaultAsync(user => user.Id == id, CancellationToken.None) is not { } person)
                {
                    return NoPerson;
                }

                if (await links.WhyNotAsync(person, CancellationToken.None) is { } reason)
                {
                    return new Refusal(RefusalKind.NotAllowed, reason);
                }

                var link = await OpenAsync(scope, person, origin);
                return await mail.SendAsync(scope, link);
            },
            cancellationToken
        );

    /// <summary>
    /// Mails a link to everybody whom a provider signed in and does not any more, and who has no password. Asks for a step-up. It works in
    /// parts, each whole by itself; whoever does it again sends new links to those who have not chosen a password since.
    /// </summary>
    public async Task<Outcome<SentLinks>> SendToStrandedAsync(Guid providerId, Origin origin, CancellationToken cancellationToken)
    {
        if (!mail.IsSetUp)
        {
            return NoMail;
        }

        if (await rules.SignsInAsync(providerId, cancellationToken))
        {
            return NobodyIsStranded;
        }

        var (sent, after) = (new SentLinks(0, 0), "");
        while (true)
        {
            var part = await writePath.RunAsync<Outcome<Part>>(
                async scope =>
                    await scope.RefuseWithoutStepUpAsync(origin) is { } refusal
                        ? refusal
                        : await SendAsync(scope, providerId, after, origin),
                cancellationToken
            );
            if (part.RefusalOrNull() is { } refused)
            {
                return refused;
            }

            var (more, last) = part.Match(done => done, _ => throw new UnreachableException());
            sent = new SentLinks(sent.People + more.People, sent.WithoutAddress + more.WithoutAddress);
            if (last is null)
            {
                return sent;
            }

            after = last;
        }
    }

    private async Task<Part> SendAsync(WriteScope scope, Guid providerId, string after, Origin origin)
    {
        var people = await (await SingleSignOnConnections.StrandedAsync(scope.Database, providerId, CancellationToken.None))
#pragma warning disable CA1309 // It becomes SQL, which compares the bytes.
            .Where(user => string.Compare(user.NormalizedUserName, after) > 0)
#pragma warning restore CA1309
            .OrderBy(user => user.NormalizedUserName)
            .Take(PartSize)
            .ToListAsync(CancellationToken.None);
        // Nobody could use a link that is neither mailed nor shown.
        var reachable = people.FindAll(person => MailOutbox.IsAddress(person.Email ?? person.UserName ?? ""));
        var opened = new List<Invitation>();
        foreach (var person in reachable)
        {
            opened.Add(await OpenAsync(scope, person, origin));
        }

        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await mail.SendAsync(scope, opened);
        var sent = new SentLinks(reachable.Count, people.Count - reachable.Count);
        return new Part(sent, people.Count == PartSize ? people[^1].NormalizedUserName : null);
    }

    private async Task<Invitation> OpenAsync(WriteScope scope, User person, Origin origin)
    {
        // Whoever is kept by hand and never had a password is invited, as always.
        var isNew = person is { ProviderId: null, PasswordHash: null } && person.Kind != AccountKind.SystemAdministrator;
        var link = isNew ? Invitations.Invite(person, scope.Now) : await PasswordLinks.CreateAsync(scope, person);
        var kind = isNew ? JournalKind.UserInvited : JournalKind.PasswordLinkSent;
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await journal.AppendAsync(scope, origin, Invitations.EntryOf(kind, person), ChangeTopic.Users);
        return link;
    }

    /// <param name="Last">Whom the next part begins after; null when there is none.</param>
    private sealed record Part(SentLinks Sent, string? Last);
}
