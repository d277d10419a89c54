using FluentValidation;

namespace NinjaIam.Core.Provisioning;

/// <summary>What of a person no identity provider decides or overwrites (the product's rule 20).</summary>
public interface ILocalSettings
{
    string PhoneNumber { get; }

    /// <summary>A culture name; empty for the browser's language.</summary>
    string Language { get; }

    /// <summary>An IANA name; empty for the browser's time zone.</summary>
    string TimeZone { get; }
}

/// <summary>The local settings of a person, to be shown and edited by themselves.</summary>
public sealed record LocalSettings : ILocalSettings
{
    public string PhoneNumber { get; init; } = "";

    public string Language { get; init; } = "";

    public string TimeZone { get; init; } = "";
}

public sealed class LocalSettingsValidator : AbstractValidator<ILocalSettings>
{
    public const int LongestPhoneNumber = 50;

    public LocalSettingsValidator()
    {
        RuleFor(input => input.PhoneNumber).MaximumLength(LongestPhoneNumber).WithMessage($"Use at most {LongestPhoneNumber} characters.");
        RuleFor(input => input.Language)
            .Must(language => language.Length == 0 || Languages.Offered.Contains(language))
            .WithMessage("Choose one of the languages.");
        RuleFor(input => input.TimeZone)
            .Must(zone => zone.Length == 0 || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            .WithMessage("Choose one of the time zones.");
    }
}
