using FluentValidation;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>What an administrator decides about a provider, in Add provider and later in its settings.</summary>
public sealed record ProviderInput
{
    public Vendor? Vendor { get; init; }

    public string DisplayName { get; init; } = "";

    /// <summary>Cleaned by <see cref="EmailDomain.Clean"/>.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    public bool AllOrganizations { get; init; }

    /// <summary>Organizations in which people may be placed; without meaning when <see cref="AllOrganizations"/>.</summary>
    public IReadOnlyList<int> OrganizationIds { get; init; } = [];

    /// <summary>Where people go who bring no organization; one of the organizations, or none when all are allowed.</summary>
    public int? DefaultOrganizationId { get; init; }

    public bool MayCreateTechnicians { get; init; }

    /// <summary>Whether several of its groups may have the same name. Turning it off later takes no name away.</summary>
    public bool AllowsEqualGroupNames { get; init; }

    public AdoptionPolicy AdoptionPolicy { get; init; }

    /// <summary>Whether very many people leaving at once are put off until an administrator approves.</summary>
    public bool HoldsMassDepartures { get; init; }
}

public sealed class ProviderInputValidator : AbstractValidator<ProviderInput>
{
    public const int LongestName = 100;
    public const int MostDomains = 100;

    public ProviderInputValidator()
    {
        RuleFor(input => input.Vendor).NotNull().WithMessage("Choose an identity provider.");
        RuleFor(input => input.DisplayName)
            .Cascade(CascadeMode.Stop)
            .Must(name => !string.IsNullOrWhiteSpace(name))
            .WithMessage("Enter a display name.")
            .MaximumLength(LongestName)
            .WithMessage($"Use at most {LongestName} characters.");
        RuleFor(input => input.Domains)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter at least one email domain, such as example.com.")
            .Must(domains => domains.Count <= MostDomains)
            .WithMessage($"Enter at most {MostDomains} domains.")
            .Custom(
                (domains, context) =>
                {
                    foreach (var domain in domains)
                    {
                        EmailDomain
                            .Clean(domain)
                            .Match(
                                _ => true,
                                refusal =>
                                {
                                    context.AddFailure(refusal.Detail);
                                    return false;
                                }
                            );
                    }
                }
            );
        RuleFor(input => input.AdoptionPolicy).IsInEnum().WithMessage("Choose what happens to people who are kept by hand.");
        RuleFor(input => input.OrganizationIds)
            .NotEmpty()
            .When(input => !input.AllOrganizations)
            .WithMessage("Choose at least one organization, or all of them.");
        RuleFor(input => input.DefaultOrganizationId)
            .Must((input, id) => input.AllOrganizations || (id is { } chosen && input.OrganizationIds.Contains(chosen)))
            .When(input => input.AllOrganizations || input.OrganizationIds.Count > 0)
            .WithMessage("Choose one of the organizations as the default.");
    }
}
