using System.Globalization;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Filtering;

/// <summary>Gives names and literals of a filter their meaning: the attribute, and a value of the attribute's type.</summary>
/// <param name="others">The other types of a query over several.</param>
internal sealed class ComparisonReader(
    ResourceType? resourceType,
    IReadOnlyList<ResourceType> others,
    AttributeDefinition? within,
    List<Repair> repairs
)
{
    /// <summary>The whole filter stands in the brackets of a path already.</summary>
    public bool IsRelative => within is not null;

    public bool TryResolve(FilterToken name, AttributePath? scope, out AttributePath? path, out ScimError? error)
    {
        error = null;
        path = null;
        if ((scope?.Attribute ?? within) is { } owner)
        {
            path = owner.FindSubAttribute(name.Text) is { } subAttribute ? AttributePath.Within(subAttribute) : null;
            error =
                path is null ? Unknown(name, $"{owner.Name} has no sub-attribute \"{name.Text}\"")
                : path.Definition.IsHidden ? Hidden(name, $"{owner.Name}.{path}")
                : null;
            return error is null;
        }

        path = Resolve(name.Text, resourceType!);
        if (path is null)
        {
            path = others.Select(other => Resolve(name.Text, other)?.SeenFromElsewhere(other)).FirstOrDefault(found => found is not null);
        }

        if (path is null)
        {
            var nobody = others.Count == 0 ? $"{resourceType!.Name} has no" : "No resource type has an";
            error = Unknown(name, $"{nobody} attribute \"{name.Text}\"");
        }
        else if (path.Attribute.IsHidden || path.Definition.IsHidden)
        {
            error = Hidden(name, path.ToString());
        }

        return error is null;
    }

    private AttributePath? Resolve(string name, ResourceType type)
    {
        if (type.Resolve(name) is PathResolution.Found found)
        {
            return found.Path;
        }

        if (type.ResolveUnqualified(name) is { } unqualified)
        {
            Note(true, DialectRules.UnqualifiedAttribute, unqualified);
            return unqualified;
        }

        return null;
    }

    public bool TryCompare(
        AttributePath path,
        ComparisonOperator comparison,
        FilterToken operatorToken,
        FilterToken value,
        out FilterExpression? result,
        out ScimError? error
    )
    {
        result = null;
        error = null;
        if (value is { Kind: FilterTokenKind.Word } && value.IsWord("null"))
        {
            var present = new AttributePresent(path);
            result = comparison switch
            {
                ComparisonOperator.Equal => new LogicalNot(present),
                ComparisonOperator.NotEqual => present,
                _ => null,
            };
            error = result is null ? Refuse(operatorToken, $"{operatorToken.Text} can't be used with null; use pr") : null;
            return result is not null;
        }

        if (path.Definition.IsComplex)
        {
            if (path.SubAttribute is not null || path.Attribute.ValueAttribute is not { } valueAttribute)
            {
                error = Refuse(operatorToken, $"{path} is complex and can't be compared; name one of its sub-attributes");
                return false;
            }

            path = path with { SubAttribute = valueAttribute };
        }

        if (!Supports(path.Definition.Type, comparison))
        {
            error = Refuse(
                operatorToken,
                $"{operatorToken.Text} can't be used with {path}, which is of type {path.Definition.Type.ToToken()}"
            );
            return false;
        }

        if (Convert(path, value) is not { } converted)
        {
            error = Refuse(value, $"\"{value.Text}\" is not a {path.Definition.Type.ToToken()}, as {path} needs");
            return false;
        }

        result = new AttributeComparison(path, comparison, converted);
        return true;
    }

    private FilterValue? Convert(AttributePath path, FilterToken value)
    {
        var quoted = value.Kind == FilterTokenKind.Text;
        switch (path.Definition.Type)
        {
            case AttributeType.Boolean:
                if (!bool.TryParse(value.Text, out var truth))
                {
                    return null;
                }

                Note(quoted || value.Text is not ("true" or "false"), DialectRules.StringBoolean, path);
                return new FilterValue.Truth(truth);
            case AttributeType.Integer or AttributeType.Decimal:
                return !quoted && decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? new FilterValue.Number(number)
                    : null;
            case AttributeType.DateTime:
                Note(!quoted, DialectRules.UnquotedValue, path);
                return DateTimeText.TryRead(value.Text, out var instant) ? new FilterValue.Instant(instant) : null;
            default:
                Note(!quoted, DialectRules.UnquotedValue, path);
                return new FilterValue.Text(value.Text);
        }
    }

    private void Note(bool applies, DialectRule rule, AttributePath path)
    {
        if (applies)
        {
            repairs.Add(new Repair(rule, path.ToString()));
        }
    }

    private static bool Supports(AttributeType type, ComparisonOperator comparison) =>
        type switch
        {
            AttributeType.String or AttributeType.Reference => true,
            AttributeType.Boolean or AttributeType.Binary => comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual,
            _ => comparison is not (ComparisonOperator.Contains or ComparisonOperator.StartsWith or ComparisonOperator.EndsWith),
        };

    // A filter would tell what an answer must not.
    private static ScimError Hidden(FilterToken token, string path) =>
        Unknown(token, $"{path} can't be used in filters") with
        {
            ComparesSecret = true,
        };

    private static ScimError Unknown(FilterToken token, string what) =>
        ScimError.InvalidFilter($"{what} (position {token.Position} of the filter). /Schemas lists the attributes.");

    private static ScimError Refuse(FilterToken token, string what) =>
        ScimError.InvalidFilter($"At position {token.Position} of the filter: {what}.");
}
