using System.Globalization;
using FluentValidation;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Core.Provisioning;

/// <summary>What can be edited about a person. What an identity provider decides is locked while it does.</summary>
public sealed record PersonInput : ILocalSettings
{
    public string UserName { get; init; } = "";

    public string Email { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string GivenName { get; init; } = "";

    public string FamilyName { get; init; } = "";

    /// <summary>Technician or end user; a system administrator stays one here.</summary>
    public AccountKind Kind { get; init; }

    public bool AllOrganizations { get; init; }

    public IReadOnlyList<int> OrganizationIds { get; init; } = [];

    public string PhoneNumber { get; init; } = "";

    /// <summary>A culture name; empty for the browser's language.</summary>
    public string Language { get; init; } = "";

    /// <summary>An IANA name; empty for the browser's time zone.</summary>
    public string TimeZone { get; init; } = "";

    // A list has no equality of its own.
    public bool Equals(PersonInput? other) =>
        other is not null
        && (UserName, Email, DisplayName, GivenName, FamilyName)
            == (other.UserName, other.Email, other.DisplayName, other.GivenName, other.FamilyName)
        && (Kind, AllOrganizations, PhoneNumber, Language, TimeZone)
            == (other.Kind, other.AllOrganizations, other.PhoneNumber, other.Language, other.TimeZone)
        && OrganizationIds.Order().SequenceEqual(other.OrganizationIds.Order());

    public override int GetHashCode() => HashCode.Combine(UserName, Email, Kind);
}

public sealed class PersonInputValidator : AbstractValidator<PersonInput>
{
    public const int LongestName = 150;
    public const int LongestUserName = 256;

    public PersonInputValidator()
    {
        RuleFor(input => input.UserName)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter the user name.")
            .MaximumLength(LongestUserName)
            .WithMessage($"Use at most {LongestUserName} characters.");
        RuleFor(input => input.Email)
            .MaximumLength(254)
            .WithMessage("Use at most 254 characters.")
            .Must(email => email.Trim().Length == 0 || EmailAddress.IsWellFormed(email.Trim()))
            .WithMessage("Enter an email address such as ada@example.com.");
        RuleFor(input => input.DisplayName).MaximumLength(LongestName).WithMessage($"Use at most {LongestName} characters.");
        RuleFor(input => input.GivenName).MaximumLength(LongestName).WithMessage($"Use at most {LongestName} characters.");
        RuleFor(input => input.FamilyName).MaximumLength(LongestName).WithMessage($"Use at most {LongestName} characters.");
        Include(new LocalSettingsValidator());
    }
}

/// <summary>The languages that a person can choose for dates, numbers and, once they are translated, words.</summary>
public static class Languages
{
    public static IReadOnlyList<string> Offered { get; } =
    [
        "cs-CZ",
        "da-DK",
        "de-DE",
        "en-GB",
        "en-US",
        "es-ES",
        "fi-FI",
        "fr-FR",
        "it-IT",
        "ja-JP",
        "nb-NO",
        "nl-NL",
        "pl-PL",
        "pt-BR",
        "pt-PT",
        "sv-SE",
    ];

    /// <summary>A language in its own words.</summary>
    public static string NameOf(string language) => CultureInfo.GetCultureInfo(language).NativeName;
}
