using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>Reads a value filter as the description of a value: equalities of type and primary, joined by and.</summary>
internal static class ValueFilterTerms
{
    /// <summary>The sub-attributes and values the filter asks for, or null if it is of another form or contradicts itself.</summary>
    public static Dictionary<string, JsonNode>? Of(FilterExpression filter)
    {
        var terms = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        return TryCollect(filter, terms) ? terms : null;
    }

    /// <summary>Every term is a type that the schema suggests, or primary true.</summary>
    public static bool AreCanonical(Dictionary<string, JsonNode> terms, AttributeDefinition attribute) =>
        terms.All(term =>
            term.Key == "primary"
                ? term.Value.GetValue<bool>()
                : attribute
                    .FindSubAttribute(term.Key)!
                    .CanonicalValues.Contains(term.Value.GetValue<string>(), StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>How many comparisons the filter makes with a value, at most.</summary>
    public static int Count(FilterExpression filter) =>
        filter switch
        {
            LogicalAnd both => Count(both.Left) + Count(both.Right),
            LogicalOr either => Count(either.Left) + Count(either.Right),
            LogicalNot negation => Count(negation.Operand),
            _ => 1,
        };

    private static bool TryCollect(FilterExpression filter, Dictionary<string, JsonNode> terms) =>
        filter switch
        {
            LogicalAnd both => TryCollect(both.Left, terms) && TryCollect(both.Right, terms),
            AttributeComparison { Operator: ComparisonOperator.Equal, Path.Attribute.Name: "type", Value: FilterValue.Text(var text) } =>
                terms.TryAdd("type", text),
            AttributeComparison
            {
                Operator: ComparisonOperator.Equal,
                Path.Attribute.Name: "primary",
                Value: FilterValue.Truth(var truth)
            } => terms.TryAdd("primary", truth),
            _ => false,
        };
}
