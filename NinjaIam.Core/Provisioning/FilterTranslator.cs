using System.Globalization;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>Makes SQL of a filter. What it cannot translate it refuses: there is never an unfiltered answer.</summary>
internal static class FilterTranslator
{
    public static ScimOutcome<ResourceCondition> Translate(FilterExpression filter, ResourceType type)
    {
        var visitor = new Visitor(type);
        var sql = filter.Accept(visitor);
        return visitor.Error is { } error ? error : new ResourceCondition(sql, visitor.Parameters);
    }

    private sealed class Visitor(ResourceType type) : IFilterVisitor<string>
    {
        private const string Nothing = "0";

        private readonly List<(string Name, object? Value)> _parameters = [];

        public IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

        public ScimError? Error { get; private set; }

        public string Visit(LogicalAnd node) => $"({node.Left.Accept(this)} AND {node.Right.Accept(this)})";

        public string Visit(LogicalOr node) => $"({node.Left.Accept(this)} OR {node.Right.Accept(this)})";

        public string Visit(LogicalNot node) => Not(node.Operand.Accept(this));

        public string Visit(AttributeComparison node) =>
            node.Operator switch
            {
                ComparisonOperator.Equal => Equal(node),
                ComparisonOperator.NotEqual => Not(Equal(node)),
                _ => Refuse(Refusals.OperatorNotSupported(node.Operator.ToToken())),
            };

        public string Visit(AttributePresent node)
        {
            var path = node.Path;
            if (path.Extension is null && path.Attribute.Name == SearchContent.NameAttribute(type))
            {
                return "1";
            }

            if (path.Extension is null && path.Attribute.Name == ResourceType.MembersAttribute && type.HasMembers)
            {
                return "EXISTS (SELECT 1 FROM members m WHERE m.group_seq = r.seq)";
            }

            if (path.Attribute.Mutability == Mutability.ReadOnly || (path.Attribute.MultiValued && path.SubAttribute is not null))
            {
                return path is { Extension: null, Attribute.Name: "id" } ? "1" : NotSupported(path);
            }

            return $"json_extract(r.doc, {Parameter(JsonPath(path))}) IS NOT NULL";
        }

        public string Visit(ValuePath node)
        {
            var terms = new List<AttributeComparison>();
            if (!TryCollect(node.Inner, terms))
            {
                return Refuse(
                    ScimError.InvalidFilter(
                        $"The brackets of {node.Path} may hold comparisons with eq only, joined by and. Rewrite the filter."
                    )
                );
            }

            // The most selective term finds the value; the others look at the same value.
            terms.Sort((left, right) => Rank(left).CompareTo(Rank(right)));
            var conditions = new List<string>();
            for (var index = 0; index < terms.Count; index++)
            {
                var term = terms[index];
                var part = term.Path.Attribute;
                if (part.Name == "primary" && index > 0 && term.Value is FilterValue.Truth truth)
                {
                    conditions.Add($"v.is_primary = {Parameter(truth.Value)}");
                }
                else if (part.Searchable && term.Value is FilterValue.Text text)
                {
                    var attribute = Parameter($"{node.Path}.{part.Name}");
                    var key = Parameter(TextFolding.Key(text.Value, part.CaseExact));
                    conditions.Add(
                        index == 0
                            ? $"v.attribute = {attribute} AND v.key = {key}"
                            : $"EXISTS (SELECT 1 FROM resource_values w WHERE w.seq = v.seq AND w.ordinal = v.ordinal AND w.attribute = {attribute} AND w.key = {key})"
                    );
                }
                else
                {
                    return NotSupported(node.Path, part.Name);
                }
            }

            return $"r.seq IN (SELECT v.seq FROM resource_values v WHERE {string.Join(" AND ", conditions)})";
        }

        private string Equal(AttributeComparison node)
        {
            var path = node.Path;
            if (node.Value is FilterValue.Truth truth)
            {
                return path is { Extension: null, Attribute.Name: "active" } ? $"r.active = {Parameter(truth.Value)}" : NotSupported(path);
            }

            if (node.Value is not FilterValue.Text { Value: var text })
            {
                return NotSupported(path);
            }

            if (path.Extension is null && path.SubAttribute is null)
            {
                if (path.Attribute.Name == SearchContent.NameAttribute(type))
                {
                    return $"r.name_key = {Parameter(TextKey.Of(text))}";
                }

                switch (path.Attribute.Name)
                {
                    case "id":
                        return IdOf(text) is { } id ? $"r.id = {Parameter(id)}" : Nothing;
                    case "externalId":
                        return $"r.external_id = {Parameter(text)}";
                    default:
                        break;
                }
            }

            if (type.HasMembers && path is { Extension: null, Attribute.Name: ResourceType.MembersAttribute, SubAttribute.Name: "value" })
            {
                return IdOf(text) is { } member
                    ? $"r.seq IN (SELECT m.group_seq FROM members m JOIN resources p ON p.seq = m.member_seq WHERE p.id = {Parameter(member)})"
                    : Nothing;
            }

            if (path.Definition.Searchable)
            {
                var key = TextFolding.Key(text, path.Definition.CaseExact);
                return $"r.seq IN (SELECT v.seq FROM resource_values v WHERE v.attribute = {Parameter(path.ToString())} AND v.key = {Parameter(key)})";
            }

            // Entra looks a person up by the manager. Only exact texts compare in the database as they compare here.
            return
                path.Definition is { CaseExact: true, MultiValued: false, Mutability: not Mutability.ReadOnly }
                && path.Attribute is { MultiValued: false, Mutability: not Mutability.ReadOnly }
                ? $"json_extract(r.doc, {Parameter(JsonPath(path))}) = {Parameter(text)}"
                : NotSupported(path);
        }

        private static bool TryCollect(FilterExpression filter, List<AttributeComparison> terms)
        {
            switch (filter)
            {
                case LogicalAnd both:
                    return TryCollect(both.Left, terms) && TryCollect(both.Right, terms);
                case AttributeComparison { Operator: ComparisonOperator.Equal } comparison:
                    terms.Add(comparison);
                    return true;
                default:
                    return false;
            }
        }

        private static int Rank(AttributeComparison term) =>
            term.Path.Attribute.Name switch
            {
                "value" => 0,
                "primary" => 2,
                _ => 1,
            };

        // A comparison with a missing value is unknown in SQL and false in SCIM.
        private static string Not(string sql) => $"NOT COALESCE({sql}, 0)";

        private static Guid? IdOf(string text) => Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text ? id : null;

        private static string JsonPath(AttributePath path) => "$" + string.Concat(path.Segments.Select(segment => $".\"{segment}\""));

        private string Parameter(object value)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"$f{_parameters.Count}");
            _parameters.Add((name, value));
            return name;
        }

        private string NotSupported(AttributePath path, string? part = null) =>
            Refuse(
                ScimError.InvalidFilter(
                    $"{path}{(part is null ? "" : $".{part}")} can't be compared in filters here. "
                        + "Use userName, externalId, displayName, id, emails, active or the name."
                )
            );

        private string Refuse(ScimError error)
        {
            Error ??= error;
            return Nothing;
        }
    }
}
