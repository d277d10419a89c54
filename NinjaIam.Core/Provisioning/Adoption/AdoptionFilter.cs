using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning.Adoption;

/// <summary>
/// Reads from a filter which one person it names: by <c>userName eq</c> or <c>emails eq</c>, alone or among other conditions. Only so is
/// somebody found who is kept by hand; no list and no total holds them.
/// </summary>
internal sealed record AdoptionFilter(string? UserName, string? Email)
{
    /// <summary>Null when the filter names nobody.</summary>
    public static AdoptionFilter? Of(FilterExpression filter) =>
        filter switch
        {
            LogicalAnd both => Of(both.Left) ?? Of(both.Right),
            LogicalOr either => Of(either.Left) is { } left && Of(either.Right) is { } right
                ? new AdoptionFilter(left.UserName ?? right.UserName, left.Email ?? right.Email)
                : null,
            AttributeComparison { Path.Extension: null } term => OfTerm(term),
            ValuePath { Path: { Extension: null, Attribute.Name: "emails" } } path => OfAddress(path.Inner),
            _ => null,
        };

    private static AdoptionFilter? OfTerm(AttributeComparison term) =>
        term is not { Operator: ComparisonOperator.Equal, Value: FilterValue.Text text } ? null
        : term.Path.Attribute.Name == "userName" ? new AdoptionFilter(text.Value, null)
        : term.Path.Attribute.Name == "emails" && IsAddress(term.Path.Definition) ? new AdoptionFilter(null, text.Value)
        : null;

    private static AdoptionFilter? OfAddress(FilterExpression inner) =>
        inner switch
        {
            LogicalAnd both => OfAddress(both.Left) ?? OfAddress(both.Right),
            AttributeComparison { Operator: ComparisonOperator.Equal, Value: FilterValue.Text text } term
                when IsAddress(term.Path.Definition) => new AdoptionFilter(null, text.Value),
            _ => null,
        };

    // A filter on emails alone means the value.
    private static bool IsAddress(AttributeDefinition attribute) => attribute.Name is "value" or "emails";
}
