using NinjaIam.Core.Accounts;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Who somebody is and whether they may come in. What an identity provider decides is text with a lock.</summary>
public sealed partial class UserProfile(PersonClock clock) : UserPart
{
    private IEnumerable<(string Label, string? Value, string Attribute)> OwnedByProvider =>
        [
            (UserTexts.UserName, Person.Person.UserName, "userName"),
            (UserTexts.Email, Person.Person.Email, "emails"),
            (UserTexts.DisplayName, Person.Person.Name, "displayName"),
            (UserTexts.GivenName, Person.GivenName, "name.givenName"),
            (UserTexts.FamilyName, Person.FamilyName, "name.familyName"),
        ];

    private string BlockedText =>
        Person is { BlockedBy: { } by, BlockedAt: { } at }
            ? Wording.Fill(UserTexts.AccessBlockedBy, by, Wording.Day(at, clock))
            : UserTexts.AccessBlocked;

    private ChangedHereValue? Changed(string attribute) => ChangedHere.FirstOrDefault(changed => changed.Attribute == attribute);

    private bool MaySignIn =>
        Person is { Blocked: false, Active: true, DeletedAt: null } && Person.Authentication != AuthenticationKind.Invited;

    private string? InvitationText =>
        Person.Person.Invitation switch
        {
            InvitationState.Pending => Wording.Fill(UserTexts.InvitationUntil, Wording.Full(Person.InvitationExpiresAt!.Value, clock)),
            InvitationState.Expired => Wording.Fill(UserTexts.InvitationExpiredAt, Wording.Full(Person.InvitationExpiresAt!.Value, clock)),
            InvitationState.Accepted => Wording.Fill(
                UserTexts.InvitationAcceptedOn,
                Wording.Day(Person.InvitationAcceptedAt!.Value, clock)
            ),
            _ => null,
        };
}
