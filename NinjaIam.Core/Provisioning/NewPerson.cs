using System.Text.RegularExpressions;
using FluentValidation;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Core.Provisioning;

/// <summary>Somebody whom an administrator adds by hand. Their email address is also their user name.</summary>
public sealed record NewPerson
{
    public string GivenName { get; init; } = "";

    public string FamilyName { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>Technician or end user.</summary>
    public AccountKind Kind { get; init; }

    public bool AllOrganizations { get; init; }

    public IReadOnlyList<int> OrganizationIds { get; init; } = [];

    /// <summary>Roles of the same kind.</summary>
    public IReadOnlyList<int> RoleIds { get; init; } = [];
}

public sealed partial class NewPersonValidator : AbstractValidator<NewPerson>
{
    public const int LongestEmail = 254;

    public NewPersonValidator()
    {
        RuleFor(person => person.GivenName)
            .Cascade(CascadeMode.Stop)
            .Must(name => !string.IsNullOrWhiteSpace(name))
            .WithMessage("Enter the first name.")
            .MaximumLength(PersonInputValidator.LongestName)
            .WithMessage($"Use at most {PersonInputValidator.LongestName} characters.")
            .Must(IsName)
            .WithMessage(OfLetters);
        RuleFor(person => person.FamilyName)
            .Cascade(CascadeMode.Stop)
            .Must(name => !string.IsNullOrWhiteSpace(name))
            .WithMessage("Enter the last name.")
            .MaximumLength(PersonInputValidator.LongestName)
            .WithMessage($"Use at most {PersonInputValidator.LongestName} characters.")
            .Must(IsName)
            .WithMessage(OfLetters);
        RuleFor(person => person.Email)
            .Cascade(CascadeMode.Stop)
            .Must(email => !string.IsNullOrWhiteSpace(email))
            .WithMessage("Enter the email address.")
            .MaximumLength(LongestEmail)
            .WithMessage($"Use at most {LongestEmail} characters.")
            .Must(email => EmailAddress.IsWellFormed(email.Trim()))
            .WithMessage("Enter an email address such as ada@example.com.");
        RuleFor(person => person.Kind)
            .Must(kind => kind is AccountKind.Technician or AccountKind.EndUser)
            .WithMessage("Only technicians and end users are added here.");
    }

    private const string OfLetters = "Use letters of any script, spaces, hyphens, apostrophes and dots.";

    private static bool IsName(string name) => name.Any(char.IsLetter) && Name().IsMatch(name.Trim());

    // Marks and joiners belong to letters in many scripts; names are written with three different apostrophes.
    [GeneratedRegex(@"^[\p{L}\p{M}\u200C\u200D\u00B7 .'\u2019\u02BC\-\u2010\u2011]+\z")]
    private static partial Regex Name();
}
