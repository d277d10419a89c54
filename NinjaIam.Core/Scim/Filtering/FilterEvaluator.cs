using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Filtering;

/// <summary>
/// Says whether a resource, or one value of a multi-valued attribute, matches a filter. For value filters of PATCH,
/// and the oracle for every translation of filters. It is not how queries are answered.
/// </summary>
public static class FilterEvaluator
{
    /// <param name="resource">A document or an answer with the schema's spelling of names.</param>
    public static bool Matches(FilterExpression filter, JsonObject resource) => filter.Accept(new Visitor(resource));

    private sealed class Visitor(JsonObject root) : IFilterVisitor<bool>
    {
        public bool Visit(AttributeComparison node)
        {
            var values = Values(node.Path);
            return node.Operator == ComparisonOperator.NotEqual
                ? !values.Any(value => Holds(node.Path.Definition, ComparisonOperator.Equal, value, node.Value))
                : values.Any(value => Holds(node.Path.Definition, node.Operator, value, node.Value));
        }

        public bool Visit(AttributePresent node) => Values(node.Path).Any(HasContent);

        public bool Visit(LogicalAnd node) => node.Left.Accept(this) && node.Right.Accept(this);

        public bool Visit(LogicalOr node) => node.Left.Accept(this) || node.Right.Accept(this);

        public bool Visit(LogicalNot node) => !node.Operand.Accept(this);

        public bool Visit(ValuePath node) => Values(node.Path).OfType<JsonObject>().Any(value => Matches(node.Inner, value));

        private IEnumerable<JsonNode> Values(AttributePath path)
        {
            IEnumerable<JsonNode> found = [root];
            foreach (var segment in path.Segments)
            {
                found = found.OfType<JsonObject>().SelectMany(value => Elements(value[segment]));
            }

            return found;
        }

        private static IEnumerable<JsonNode> Elements(JsonNode? node) =>
            node switch
            {
                null => [],
                JsonArray array => array.OfType<JsonNode>(),
                _ => [node],
            };

        private static bool HasContent(JsonNode value) =>
            value switch
            {
                JsonObject complex => complex.Any(property => property.Value is { } inner && HasContent(inner)),
                JsonArray list => list.OfType<JsonNode>().Any(HasContent),
                _ => true,
            };

        private static bool Holds(AttributeDefinition attribute, ComparisonOperator comparison, JsonNode actual, FilterValue expected) =>
            expected switch
            {
                FilterValue.Text text => actual is JsonValue value
                    && value.TryGetValue<string>(out var held)
                    && HoldsForText(
                        comparison,
                        TextFolding.Key(held, attribute.CaseExact),
                        TextFolding.Key(text.Value, attribute.CaseExact)
                    ),
                FilterValue.Truth truth => actual.GetValueKind() is JsonValueKind.True or JsonValueKind.False
                    && actual.GetValue<bool>() == truth.Value,
                FilterValue.Number number => actual.GetValueKind() == JsonValueKind.Number
                    && HoldsForOrder(
                        comparison,
                        decimal.Parse(actual.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture).CompareTo(number.Value)
                    ),
                FilterValue.Instant instant => actual is JsonValue value
                    && value.TryGetValue<string>(out var held)
                    && DateTimeText.TryRead(held, out var moment)
                    && HoldsForOrder(comparison, moment.CompareTo(instant.Value)),
                _ => false,
            };

        private static bool HoldsForText(ComparisonOperator comparison, string actual, string expected) =>
            comparison switch
            {
                ComparisonOperator.Contains => actual.Contains(expected, StringComparison.Ordinal),
                ComparisonOperator.StartsWith => actual.StartsWith(expected, StringComparison.Ordinal),
                ComparisonOperator.EndsWith => actual.EndsWith(expected, StringComparison.Ordinal),
                _ => HoldsForOrder(comparison, TextFolding.Compare(actual, expected)),
            };

        private static bool HoldsForOrder(ComparisonOperator comparison, int order) =>
            comparison switch
            {
                ComparisonOperator.Equal => order == 0,
                ComparisonOperator.GreaterThan => order > 0,
                ComparisonOperator.GreaterOrEqual => order >= 0,
                ComparisonOperator.LessThan => order < 0,
                ComparisonOperator.LessOrEqual => order <= 0,
                _ => false,
            };
    }
}
