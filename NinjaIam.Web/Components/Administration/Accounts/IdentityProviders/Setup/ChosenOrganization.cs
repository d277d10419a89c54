namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>The organization that the values of a guide are filled in for.</summary>
/// <param name="Id">What is sent as organizationId.</param>
/// <param name="Name">Null for all organizations.</param>
/// <param name="StandardId">Where everybody else goes.</param>
public sealed record ChosenOrganization(string Id, string? Name, string StandardId)
{
    /// <summary>Places in a value.</summary>
    public const string IdPlace = "{organization}";
    public const string NamePlace = "{organizationName}";
    public const string StandardPlace = "{standardOrganization}";

    /// <summary>Whether a value makes sense for it.</summary>
    public bool Suits(string value) => Name is not null || !value.Contains(NamePlace, StringComparison.Ordinal);

    // Expressions write quotation marks and backslashes of a text after a backslash.
    public string Fill(string value) =>
        value
            .Replace(IdPlace, Id, StringComparison.Ordinal)
            .Replace(StandardPlace, StandardId, StringComparison.Ordinal)
            .Replace(NamePlace, Name?.Replace("\\", "\\\\").Replace("\"", "\\\""), StringComparison.Ordinal);
}
