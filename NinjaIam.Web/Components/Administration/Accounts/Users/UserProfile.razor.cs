namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Who somebody is and whether they may come in. What an identity provider decides is text with a lock.</summary>
public sealed partial class UserProfile : UserPart
{
    private IEnumerable<(string Label, string? Value)> OwnedByProvider =>
        [
            (UserTexts.UserName, Person.Person.UserName),
            (UserTexts.Email, Person.Person.Email),
            (UserTexts.DisplayName, Person.Person.Name),
            (UserTexts.GivenName, Person.GivenName),
            (UserTexts.FamilyName, Person.FamilyName),
        ];

    private bool MaySignIn => !Person.Blocked && Person.Active && Person.DeletedAt is null;
}
