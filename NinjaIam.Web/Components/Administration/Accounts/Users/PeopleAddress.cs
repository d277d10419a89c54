using System.Globalization;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>What the filters of All users are called in an address, for the page and for the file that it exports.</summary>
internal static class PeopleAddress
{
    public const string Search = "q";
    public const string Status = "state";
    public const string Kind = "kind";
    public const string Role = "role";
    public const string Provider = "provider";
    public const string Organization = "org";
    public const string Group = "group";
    public const string Manual = "manual";
    public const string Imported = "import";
    public const string WithoutRole = "none";

    public static IReadOnlyDictionary<string, AccountStatus> States { get; } =
        new Dictionary<string, AccountStatus>(StringComparer.Ordinal)
        {
            ["active"] = AccountStatus.Active,
            ["inactive"] = AccountStatus.Inactive,
            ["blocked"] = AccountStatus.Blocked,
            ["invited"] = AccountStatus.Invited,
            ["invitationExpired"] = AccountStatus.InvitationExpired,
        };

    public static IReadOnlyDictionary<string, AccountKind> Kinds { get; } =
        new Dictionary<string, AccountKind>(StringComparer.Ordinal)
        {
            ["technician"] = AccountKind.Technician,
            ["endUser"] = AccountKind.EndUser,
            ["administrator"] = AccountKind.SystemAdministrator,
        };

    /// <summary>The filter that values of an address stand for; null when one of them means nothing, so that nobody gets more than was asked.</summary>
    /// <param name="value">The value of a name, or null when the address has none.</param>
    public static PeopleFilter? FilterOf(Func<string, string?> value, IReadOnlyList<ProviderChoice> providers)
    {
        var (status, kind, role, source) = (value(Status), value(Kind), value(Role), value(Provider));
        var (organization, group) = (value(Organization), value(Group));
        var provider = providers.FirstOrDefault(choice => choice.UniqueIdentifier == source)?.Id;
        if (
            (status is not null && !States.ContainsKey(status))
            || (kind is not null && !Kinds.ContainsKey(kind))
            || role is not (null or WithoutRole)
            || (source is not (null or Manual or Imported) && provider is null)
            || (organization is not null && !int.TryParse(organization, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            || (group is not null && !Guid.TryParse(group, out _))
        )
        {
            return null;
        }

        return new PeopleFilter
        {
            Search = value(Search),
            Status = status is null ? null : States[status],
            Kind = kind is null ? null : Kinds[kind],
            ProviderId = provider,
            Manual = source == Manual,
            Imported = source == Imported,
            WithoutRole = role == WithoutRole,
            OrganizationId = organization is null ? null : int.Parse(organization, CultureInfo.InvariantCulture),
            GroupId = group is null ? null : Guid.Parse(group),
        };
    }

    /// <summary>Where somebody came from, in words.</summary>
    public static string SourceOf(PersonLine person, IReadOnlyList<ProviderChoice> providers) =>
        person.IsImported ? UserTexts.SourceImport
        : person.ProviderId is not { } id ? UserTexts.SourceManual
        : providers.FirstOrDefault(provider => provider.Id == id) is { } known ? Wording.Fill(UserTexts.SourceScim, known.DisplayName)
        : UserTexts.SourceUnknown;
}
