using System.Globalization;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>The mail that brings an invitation to whom it is for.</summary>
public sealed class InvitationMail(MailOutbox outbox, PortalAddress address)
{
    private const string Subject = "Your invitation to NinjaIam";
    private const string PasswordSubject = "Choose your password for NinjaIam";

    /// <inheritdoc cref="MailOutbox.IsSetUp"/>
    public bool IsSetUp => outbox.IsSetUp;

    /// <summary>The invitation, which says whether mail takes it or somebody has to.</summary>
    internal async Task<Invitation> SendAsync(WriteScope scope, Invitation invitation) =>
        invitation with
        {
            IsMailed = IsSetUp && await outbox.EnqueueAsync(scope, MailOf(invitation)),
        };

    /// <summary>Many invitations at once.</summary>
    internal Task SendAsync(WriteScope scope, IEnumerable<Invitation> invitations) =>
        outbox.EnqueueAllAsync(scope, invitations.Select(MailOf));

    private OutgoingMail MailOf(Invitation invitation) =>
        new(
            invitation.Email,
            invitation.IsForKnownPerson ? PasswordSubject : Subject,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Hello {MailOutbox.OneLine(invitation.Name)},

                you have an account at {address.BaseUrl}. {(
                    invitation.IsForKnownPerson
                        ? "A system administrator sends you this link to choose a new password:"
                        : "Choose your password here:"
                )}

                {address.BaseUrl}{invitation.Path}

                The link works once, until {invitation.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Keep it to yourself: whoever has it can use your account.
                If it has expired, ask a system administrator for a new one.
                """
            )
        )
        {
            AccountId = invitation.AccountId,
        };
}
