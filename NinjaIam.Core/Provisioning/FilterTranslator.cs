using System.Globalization;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// Makes SQL of a filter, with the meaning that <see cref="FilterEvaluator"/> has. Equality and prefixes of searchable attributes are
/// found by their keys, everything else by reading. What it cannot translate it refuses: there is never an unfiltered answer.
/// </summary>
internal static class FilterTranslator
{
    /// <param name="number">Tells the conditions apart that stand in one statement.</param>
    public static ScimOutcome<ResourceCondition> Translate(FilterExpression filter, ResourceType type, int number = 0)
    {
        var statement = new FilterStatement(number);
        var sql = filter.Accept(new ResourceVisitor(type, statement));
        return statement.Error is { } error ? error
            : sql == FilterStatement.Always ? ResourceCondition.Always
            : sql == FilterStatement.Never ? ResourceCondition.Never
            : new ResourceCondition(sql, statement.ParametersOf(sql), statement.Unindexed);
    }

    private static string KeyOf(string json, AttributeDefinition attribute) =>
        string.Create(CultureInfo.InvariantCulture, $"{FilterFunctions.Key}({(int)SearchKey.KindOf(attribute)}, {json})");

    private static AttributeDefinition[] ChainOf(AttributePath path) =>
        path.SubAttribute is { } part ? [path.Attribute, part] : [path.Attribute];

    /// <summary>What is the same wherever the values come from.</summary>
    private abstract class Visitor : IFilterVisitor<string>
    {
        public string Visit(LogicalAnd node) => FilterStatement.And(node.Left.Accept(this), node.Right.Accept(this));

        public string Visit(LogicalOr node) => FilterStatement.Or(node.Left.Accept(this), node.Right.Accept(this));

        public string Visit(LogicalNot node) => FilterStatement.Not(node.Operand.Accept(this));

        public string Visit(AttributeComparison node) =>
            node.Operator == ComparisonOperator.NotEqual
                ? FilterStatement.Not(Any(node.Path, ComparisonOperator.Equal, node.Value))
                : Any(node.Path, node.Operator, node.Value);

        public abstract string Visit(AttributePresent node);

        public abstract string Visit(ValuePath node);

        protected abstract string Any(AttributePath path, ComparisonOperator comparison, FilterValue value);
    }

    /// <summary>Conditions on a whole resource.</summary>
    private sealed class ResourceVisitor(ResourceType type, FilterStatement statement) : Visitor
    {
        public override string Visit(AttributePresent node)
        {
            var path = node.Path;
            if (!type.Has(path))
            {
                return FilterStatement.Never;
            }

            if (path.Extension is null)
            {
                if (IsName(path) || IsMadeForAnswers(path.Attribute))
                {
                    return FilterStatement.Always;
                }

                if (ReferenceEquals(path.Attribute, CommonAttributes.ExternalId))
                {
                    return "r.external_id IS NOT NULL";
                }

                if (Relation.Of(type, path.Attribute) is { } relation)
                {
                    return relation.Exists("1");
                }
            }

            statement.ReadsEverythingFor(path);
            return JsonPlace.Of(path.Extension).Present(statement, ChainOf(path));
        }

        public override string Visit(ValuePath node)
        {
            if (!type.Has(node.Path))
            {
                return FilterStatement.Never;
            }

            var relation = node.Path.Extension is null ? Relation.Of(type, node.Path.Attribute) : null;
            var terms = Conjunction(node.Inner).ToList();
            var candidates = terms.Select(term => SeekCandidates(relation, node.Path, term)).FirstOrDefault(found => found is not null);
            if (candidates is null)
            {
                statement.ReadsEverythingFor(node.Path);
                candidates = terms.Select(term => ScanCandidates(relation, node.Path, term)).FirstOrDefault(found => found is not null);
            }

            string same;
            if (relation is not null)
            {
                same = relation.Exists(node.Inner.Accept(new RelationVisitor(relation, node.Path, statement)));
            }
            else
            {
                var alias = statement.Alias();
                var inner = node.Inner.Accept(new ElementVisitor(JsonPlace.Element(alias), statement));
                same = JsonPlace
                    .Of(node.Path.Extension)
                    .Then(node.Path.Attribute.Name)
                    .Each(statement, alias, $"{alias}.type = 'object' AND {inner}");
            }

            return candidates is null ? same : FilterStatement.And(candidates, same);
        }

        protected override string Any(AttributePath path, ComparisonOperator comparison, FilterValue value)
        {
            if (!type.Has(path))
            {
                return FilterStatement.Never;
            }

            var attribute = path.Definition;
            var operand = SearchKey.Of(attribute, value);
            if (path.Extension is null)
            {
                if (ReferenceEquals(path.Attribute, CommonAttributes.Id))
                {
                    return OfId(comparison, operand);
                }

                if (ReferenceEquals(path.Attribute, CommonAttributes.ExternalId))
                {
                    return OfColumn("r.external_id", path, comparison, operand);
                }

                if (ReferenceEquals(path.Attribute, CommonAttributes.Meta))
                {
                    return OfMeta(path, comparison, operand, value);
                }

                if (ReferenceEquals(path.Attribute, CommonAttributes.Schemas))
                {
                    return OfSchemas(comparison, operand);
                }

                if (IsName(path))
                {
                    return OfColumn("r.name_key", path, comparison, operand);
                }

                // Whose value was taken away is found by what they still are.
                if (SearchContent.IsActive(type, path.Attribute) && value is FilterValue.Truth truth)
                {
                    return $"r.active = {statement.Parameter(truth.Value)}";
                }

                if (Relation.Of(type, path.Attribute) is { } relation)
                {
                    return OfRelation(relation, path, comparison, operand);
                }
            }

            if (SearchContent.HasKeys(type, path))
            {
                if (FilterStatement.CanSeek(comparison) && IsSelective(attribute))
                {
                    return SeekValues(path, comparison, operand);
                }

                statement.ReadsEverythingFor(path);
                return ScanValues(path, comparison, operand);
            }

            statement.ReadsEverythingFor(path);
            return JsonPlace
                .Of(path.Extension)
                .Any(statement, ChainOf(path), json => statement.Compare(KeyOf(json, attribute), comparison, operand));
        }

        private string OfId(ComparisonOperator comparison, string operand)
        {
            if (comparison == ComparisonOperator.Equal)
            {
                return IdOf(operand) is { } id ? $"r.id = {statement.Parameter(id)}" : FilterStatement.Never;
            }

            return statement.Compare(IdText("r.id"), comparison, operand);
        }

        private string OfColumn(string column, AttributePath path, ComparisonOperator comparison, string operand)
        {
            switch (comparison)
            {
                case ComparisonOperator.Equal:
                    return $"{column} = {statement.Parameter(operand)}";
                case ComparisonOperator.StartsWith:
                    // Asked for by itself, so that the order of the list does not keep it from its index.
                    var named = column.Replace("r.", "n.", StringComparison.Ordinal);
                    return $"r.seq IN (SELECT n.seq FROM resources n WHERE n.provider = $provider AND n.type = {statement.Parameter(type.Name)} AND {statement.Seek(named, comparison, operand)})";
                default:
                    statement.ReadsEverythingFor(path);
                    return statement.Compare(column, comparison, operand);
            }
        }

        private string OfMeta(AttributePath path, ComparisonOperator comparison, string operand, FilterValue value)
        {
            switch (path.SubAttribute!.Name)
            {
                case "resourceType":
                    var meta = new JsonObject { [path.Attribute.Name] = new JsonObject { [path.SubAttribute.Name] = type.Name } };
                    return FilterEvaluator.Matches(new AttributeComparison(path, comparison, value), meta)
                        ? FilterStatement.Always
                        : FilterStatement.Never;
                case "version":
                    return statement.Compare("('W/\"' || r.version || '\"')", comparison, operand);
                case "created" or "lastModified" when value is FilterValue.Instant instant:
                    // Answers tell milliseconds, and what an answer told must be found by it.
                    var column = path.SubAttribute.Name == "created" ? "r.created" : "r.modified";
                    return $"{column} / {TimeSpan.TicksPerMillisecond} * {TimeSpan.TicksPerMillisecond} {FilterStatement.SqlOf(comparison)} {statement.Parameter(instant.Value)}";
                default:
                    return statement.Refuse(path.ToString());
            }
        }

        private string OfSchemas(ComparisonOperator comparison, string operand)
        {
            var schemas = type.Extensions.Select(extension =>
                $"(json_type(r.doc, {statement.Parameter(JsonPlace.Of(extension.Schema).Path)}) IS NOT NULL AND {Matches(extension.Schema)})"
            );
            return $"({string.Join(" OR ", schemas.Prepend(Matches(type.Schema)))})";

            string Matches(ScimSchema schema) => statement.Compare(statement.Parameter(schema.Id), comparison, operand);
        }

        private string OfRelation(Relation relation, AttributePath path, ComparisonOperator comparison, string operand)
        {
            if (comparison == ComparisonOperator.Equal && path.SubAttribute == path.Attribute.ValueAttribute)
            {
                return SeekRelation(relation, operand);
            }

            statement.ReadsEverythingFor(path);
            return relation.KeyOf(path.SubAttribute!, statement) is { } key
                ? relation.Exists(statement.Compare(key, comparison, operand))
                : statement.Refuse(path.ToString());
        }

        private string SeekRelation(Relation relation, string id) =>
            IdOf(id) is { } other
                ? $"r.seq IN (SELECT m.{relation.Here} FROM members m JOIN resources p ON p.seq = m.{relation.There} WHERE p.id = {statement.Parameter(other)})"
                : FilterStatement.Never;

        private string SeekValues(AttributePath path, ComparisonOperator comparison, string operand) =>
            $"r.seq IN (SELECT v.seq FROM resource_values v WHERE v.attribute = {statement.Parameter(path.ToString())} AND {statement.Seek("v.key", comparison, operand)})";

        private string ScanValues(AttributePath path, ComparisonOperator comparison, string operand)
        {
            var name = statement.Parameter(path.ToString());
            var condition = statement.Compare("v.key", comparison, operand);
            return $"EXISTS (SELECT 1 FROM resource_values v WHERE v.seq = r.seq AND v.attribute = {name} AND {condition})";
        }

        /// <summary>The resources that have the value of one term; whether one value meets all terms is seen on them alone.</summary>
        private string? SeekCandidates(Relation? relation, AttributePath path, AttributeComparison term)
        {
            var part = term.Path.Attribute;
            if (relation is not null)
            {
                return part == path.Attribute.ValueAttribute && term is { Operator: ComparisonOperator.Equal, Value: FilterValue.Text id }
                    ? SeekRelation(relation, id.Value)
                    : null;
            }

            var whole = path with { SubAttribute = part };
            return FilterStatement.CanSeek(term.Operator) && SearchContent.HasKeys(type, whole) && IsSelective(part)
                ? SeekValues(whole, term.Operator, SearchKey.Of(part, term.Value))
                : null;
        }

        /// <summary>The same by looking through the keys of each resource, which takes less than looking through its document.</summary>
        private string? ScanCandidates(Relation? relation, AttributePath path, AttributeComparison term)
        {
            var whole = path with { SubAttribute = term.Path.Attribute };
            return relation is null && term.Operator != ComparisonOperator.NotEqual && SearchContent.HasKeys(type, whole)
                ? ScanValues(whole, term.Operator, SearchKey.Of(whole.Definition, term.Value))
                : null;
        }

        private static IEnumerable<AttributeComparison> Conjunction(FilterExpression filter) =>
            filter switch
            {
                LogicalAnd both => Conjunction(both.Left).Concat(Conjunction(both.Right)),
                AttributeComparison comparison => [comparison],
                _ => [],
            };

        /// <summary>Values that most resources share, such as the type of an address, are a bad place to begin.</summary>
        private static bool IsSelective(AttributeDefinition attribute) =>
            attribute.Type != AttributeType.Boolean && attribute.CanonicalValues.Count == 0;

        private bool IsName(AttributePath path) => path.SubAttribute is null && ReferenceEquals(path.Attribute, type.NameAttribute);

        private static bool IsMadeForAnswers(AttributeDefinition attribute) =>
            ReferenceEquals(attribute, CommonAttributes.Id)
            || ReferenceEquals(attribute, CommonAttributes.Meta)
            || ReferenceEquals(attribute, CommonAttributes.Schemas);

        private static Guid? IdOf(string text) => Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text ? id : null;
    }

    /// <summary>Conditions on one value of a multi-valued attribute of the document.</summary>
    private sealed class ElementVisitor(JsonPlace element, FilterStatement statement) : Visitor
    {
        public override string Visit(AttributePresent node) => element.Present(statement, ChainOf(node.Path));

        // The grammar has no brackets inside brackets.
        public override string Visit(ValuePath node) => statement.Refuse(node.ToString());

        protected override string Any(AttributePath path, ComparisonOperator comparison, FilterValue value)
        {
            var operand = SearchKey.Of(path.Definition, value);
            return element.Any(statement, ChainOf(path), json => statement.Compare(KeyOf(json, path.Definition), comparison, operand));
        }
    }

    /// <summary>Conditions on one membership.</summary>
    private sealed class RelationVisitor(Relation relation, AttributePath outer, FilterStatement statement) : Visitor
    {
        public override string Visit(AttributePresent node) => FilterStatement.Always;

        public override string Visit(ValuePath node) => statement.Refuse(node.ToString());

        protected override string Any(AttributePath path, ComparisonOperator comparison, FilterValue value) =>
            relation.KeyOf(path.Attribute, statement) is { } key
                ? statement.Compare(key, comparison, SearchKey.Of(path.Attribute, value))
                : statement.Refuse($"{outer}.{path}");
    }

    /// <summary>Memberships as the values of an attribute: the members of a group, or the groups of a user.</summary>
    private sealed record Relation(string Here, string There, string Name, string Type)
    {
        private static readonly Relation Members = new(
            "group_seq",
            "member_seq",
            "COALESCE(p.doc -> '$.displayName', p.doc -> '$.userName')",
            BuiltInResourceTypes.User.Name
        );

        private static readonly Relation Groups = new("member_seq", "group_seq", "p.doc -> '$.displayName'", "direct");

        public static Relation? Of(ResourceType type, AttributeDefinition attribute) =>
            type.HasMembers && attribute.Name == ResourceType.MembersAttribute ? Members
            : type.HasAccounts && attribute.Name == "groups" ? Groups
            : null;

        public string Exists(string condition) =>
            $"EXISTS (SELECT 1 FROM members m JOIN resources p ON p.seq = m.{There} WHERE m.{Here} = r.seq AND {condition})";

        public string? KeyOf(AttributeDefinition part, FilterStatement statement) =>
            part.Name switch
            {
                "value" => IdText("p.id"),
                "display" => FilterTranslator.KeyOf(Name, part),
                "type" => statement.Parameter(TextFolding.Key(Type, part.CaseExact)),
                _ => null,
            };
    }

    private static string IdText(string column) =>
        $"lower(substr(hex({column}), 1, 8) || '-' || substr(hex({column}), 9, 4) || '-' || substr(hex({column}), 13, 4) || '-' || substr(hex({column}), 17, 4) || '-' || substr(hex({column}), 21))";
}
