using System.Text;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Filtering;

/// <summary>
/// Reads filters. Length, depth and number of comparisons are bounded before anything recurses; every name is resolved against
/// the resource type, so what comes out can be carried out. Precedence: not, and, or.
/// </summary>
public sealed class FilterParser
{
    public const int MaxLength = 4096;
    public const int MaxDepth = 16;
    public const int MaxTerms = 50;

    private readonly List<FilterToken> _tokens;
    private readonly ComparisonReader _comparisons;
    private readonly List<Repair> _repairs = [];
    private int _next;
    private int _depth;
    private int _terms;
    private ScimError? _error;

    private FilterParser(
        List<FilterToken> tokens,
        ResourceType? resourceType,
        IReadOnlyList<ResourceType> others,
        AttributeDefinition? within
    )
    {
        _tokens = tokens;
        _comparisons = new ComparisonReader(resourceType, others, within, _repairs);
    }

    private FilterToken Current => _tokens[_next];

    public static ScimOutcome<ScimFilter> Parse(string text, ResourceType resourceType) => Parse(text, resourceType, [], null);

    /// <summary>
    /// Reads the filter of a query over several resource types as it is for one of them. What only the others know is an attribute without
    /// a value here (RFC 7644, section 3.4.2.1); what none of them knows is refused.
    /// </summary>
    public static ScimOutcome<ScimFilter> Parse(string text, ResourceType resourceType, IReadOnlyList<ResourceType> others) =>
        Parse(text, resourceType, others, null);

    /// <summary>Reads what stands in the brackets of a path, relative to the values of <paramref name="attribute"/>.</summary>
    public static ScimOutcome<ScimFilter> ParseValueFilter(string text, AttributeDefinition attribute) => Parse(text, null, [], attribute);

    private static ScimOutcome<ScimFilter> Parse(
        string text,
        ResourceType? resourceType,
        IReadOnlyList<ResourceType> others,
        AttributeDefinition? within
    )
    {
        if (text.Length > MaxLength)
        {
            return ScimError.InvalidFilter($"The filter has {text.Length} characters; at most {MaxLength} are read. Split the query.");
        }

        // Half a surrogate pair can neither be folded nor stored.
        if (text.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            return ScimError.InvalidFilter(
                "The filter holds characters that are not valid Unicode. Encode it as UTF-8 and escape it for the address."
            );
        }

        if (!TextFolding.IsUsable(text))
        {
            return ScimError.InvalidFilter("The filter holds the character NUL or U+FFFE. Remove it.");
        }

        if (!FilterLexer.TryTokenize(text, out var tokens, out var error))
        {
            return error!;
        }

        if (tokens.Count == 1)
        {
            return ScimError.InvalidFilter("The filter is empty. Leave the parameter out, or write a filter such as userName eq \"x\".");
        }

        return new FilterParser(tokens, resourceType, others, within).Run();
    }

    private ScimOutcome<ScimFilter> Run()
    {
        var expression = ReadOr(null);
        if (_error is null && Current.Kind != FilterTokenKind.End)
        {
            Fail(Current, $"\"{Current.Text}\" is not expected here; \"and\", \"or\" or the end of the filter is");
        }

        return _error is null ? new ScimFilter(expression!, _repairs) : _error;
    }

    private FilterExpression? ReadOr(AttributePath? scope)
    {
        var left = ReadAnd(scope);
        while (_error is null && Current.IsWord("or"))
        {
            _next++;
            left = ReadAnd(scope) is { } right ? new LogicalOr(left!, right) : null;
        }

        return left;
    }

    private FilterExpression? ReadAnd(AttributePath? scope)
    {
        var left = ReadTerm(scope);
        while (_error is null && Current.IsWord("and"))
        {
            _next++;
            left = ReadTerm(scope) is { } right ? new LogicalAnd(left!, right) : null;
        }

        return left;
    }

    private FilterExpression? ReadTerm(AttributePath? scope)
    {
        if (Current.Kind == FilterTokenKind.OpenParenthesis)
        {
            return ReadNested(scope, FilterTokenKind.CloseParenthesis, ")");
        }

        if (Current.IsWord("not") && _tokens[_next + 1].Kind == FilterTokenKind.OpenParenthesis)
        {
            _next++;
            return ReadNested(scope, FilterTokenKind.CloseParenthesis, ")") is { } operand ? new LogicalNot(operand) : null;
        }

        if (Current.Kind != FilterTokenKind.Word)
        {
            return Fail(
                Current,
                Current.Kind == FilterTokenKind.End
                    ? "the filter ends where an attribute is expected"
                    : $"an attribute is expected, not \"{Current.Text}\""
            );
        }

        if (++_terms > MaxTerms)
        {
            return Fail(Current, $"the filter has more than {MaxTerms} comparisons; split the query");
        }

        return ReadComparison(scope);
    }

    private FilterExpression? ReadComparison(AttributePath? scope)
    {
        var name = Current;
        if (!_comparisons.TryResolve(name, scope, out var path, out var error))
        {
            _error = error;
            return null;
        }

        _next++;
        return Current.Kind == FilterTokenKind.OpenBracket ? ReadValuePath(name, path!, scope) : ReadOperator(path!);
    }

    private FilterExpression? ReadOperator(AttributePath path)
    {
        var token = Current;
        if (token.IsWord("pr"))
        {
            _next++;
            return new AttributePresent(path);
        }

        if (token.Kind != FilterTokenKind.Word || ComparisonOperatorTokens.FromToken(token.Text) is not { } comparison)
        {
            return Fail(token, $"after {path} one of eq, ne, co, sw, ew, gt, ge, lt, le or pr is expected");
        }

        _next++;
        var value = Current;
        if (value.Kind is not (FilterTokenKind.Text or FilterTokenKind.Word))
        {
            return Fail(value, $"after {token.Text} a value is expected");
        }

        // A value without quotation marks is tolerated; with these ones it would be compared together with them.
        if (value.Kind == FilterTokenKind.Word && value.Text.StartsWith('\''))
        {
            return Fail(value, "a text stands in double quotation marks, not in single ones");
        }

        _next++;
        if (_comparisons.TryCompare(path, comparison, token, value, out var result, out var error))
        {
            return result;
        }

        _error = error;
        return null;
    }

    private FilterExpression? ReadValuePath(FilterToken name, AttributePath path, AttributePath? scope)
    {
        if (
            scope is not null
            || _comparisons.IsRelative
            || path.SubAttribute is not null
            || !path.Attribute.MultiValued
            || !path.Attribute.IsComplex
        )
        {
            return Fail(name, $"{path} can't take a filter in brackets; only complex multi-valued attributes can");
        }

        if (ReadNested(path, FilterTokenKind.CloseBracket, "]") is not { } inner)
        {
            return null;
        }

        // emails[type eq "work"].value eq "x" is what Entra sends; the grammar of the RFC has no such form.
        var follower = Current;
        var isSubAttribute = follower.Kind == FilterTokenKind.Word && follower.Text.StartsWith('.');
        if (!isSubAttribute && (follower.Kind != FilterTokenKind.Word || ComparisonOperatorTokens.FromToken(follower.Text) is null))
        {
            return new ValuePath(path, inner);
        }

        if (isSubAttribute)
        {
            _next++;
        }

        var compared = isSubAttribute ? path.Attribute.FindSubAttribute(follower.Text[1..]) : path.Attribute.ValueAttribute;
        if (compared is null)
        {
            return Fail(follower, $"{path.Attribute.Name} has no sub-attribute \"{(isSubAttribute ? follower.Text[1..] : "value")}\"");
        }

        _repairs.Add(new Repair(DialectRules.ComparisonAfterValuePath, $"{path}.{compared.Name}"));
        return ReadOperator(AttributePath.Within(compared)) is { } comparison
            ? new ValuePath(path, new LogicalAnd(inner, comparison))
            : null;
    }

    private FilterExpression? ReadNested(AttributePath? scope, FilterTokenKind close, string closeText)
    {
        var open = Current;
        if (++_depth > MaxDepth)
        {
            return Fail(open, $"the filter is nested more than {MaxDepth} levels deep; simplify it");
        }

        _next++;
        var inner = ReadOr(scope);
        if (_error is not null)
        {
            return null;
        }

        if (Current.Kind != close)
        {
            return Fail(Current, $"\"{closeText}\" is expected for the one opened at position {open.Position}");
        }

        _next++;
        _depth--;
        return inner;
    }

    private FilterExpression? Fail(FilterToken token, string what)
    {
        _error ??= ScimError.InvalidFilter($"At position {token.Position} of the filter: {what}.");
        return null;
    }
}
