using FluentValidation;

namespace NinjaIam.Core.Accounts.Roles;

/// <summary>One thing a role permits, and where.</summary>
/// <param name="Organizations">Those in which it is permitted, where it is not in all.</param>
public sealed record PermissionInput(PermissionKind Permission, bool AllOrganizations, IReadOnlyList<int> Organizations)
{
    // A list has no equality of its own.
    public bool Equals(PermissionInput? other) =>
        other is not null
        && Permission == other.Permission
        && AllOrganizations == other.AllOrganizations
        && Organizations.Order().SequenceEqual(other.Organizations.Order());

    public override int GetHashCode() => HashCode.Combine(Permission, AllOrganizations, Organizations.Count);
}

/// <summary>What is decided about a role.</summary>
public sealed record RoleInput
{
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<PermissionInput> Permissions { get; init; } = [];
}

public sealed class RoleInputValidator : AbstractValidator<RoleInput>
{
    public const int LongestName = 100;

    public RoleInputValidator()
    {
        RuleFor(input => input.Name)
            .NotEmpty()
            .WithMessage("Enter a name.")
            .MaximumLength(LongestName)
            .WithMessage("Use at most 100 characters.")
            .Must(name => !IsReserved(name))
            .WithMessage("This name belongs to system administrators. Choose a different one.");
        RuleFor(input => input.Description).MaximumLength(1000).WithMessage("Use at most 1,000 characters.");
        RuleFor(input => input.Permissions)
            .Must(permissions => permissions.All(each => each.AllOrganizations || each.Organizations.Count > 0))
            .WithMessage("Choose at least one organization for each permission that is not for all of them.")
            .Must(permissions => permissions.Select(each => each.Permission).Distinct().Count() == permissions.Count)
            .WithMessage("Name each permission once.");
    }

    // Whoever reads the list must not take a role for what no role can give.
    private static bool IsReserved(string name) => Storage.TextKey.Of(name.Trim()) == Storage.TextKey.Of("System administrator");
}
