using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Filtering;

/// <summary>A parsed filter (RFC 7644, section 3.4.2.2). Immutable; equal filters compare equal; the printed form parses to the same filter.</summary>
public abstract record FilterExpression
{
    private protected FilterExpression() { }

    public abstract TResult Accept<TResult>(IFilterVisitor<TResult> visitor);
}

/// <summary>One method per node, so a new node does not compile until every reader of filters handles it.</summary>
public interface IFilterVisitor<out TResult>
{
    TResult Visit(AttributeComparison node);

    TResult Visit(AttributePresent node);

    TResult Visit(LogicalAnd node);

    TResult Visit(LogicalOr node);

    TResult Visit(LogicalNot node);

    TResult Visit(ValuePath node);
}

/// <summary>For example <c>userName eq "bjensen"</c>. On a multi-valued attribute it holds if any value does; <c>ne</c> holds if no value is equal.</summary>
public sealed record AttributeComparison(AttributePath Path, ComparisonOperator Operator, FilterValue Value) : FilterExpression
{
    public override TResult Accept<TResult>(IFilterVisitor<TResult> visitor) => visitor.Visit(this);

    public override string ToString() => $"{Path} {Operator.ToToken()} {Value}";
}

/// <summary>For example <c>title pr</c>. <c>eq null</c> and <c>ne null</c> are read as its negation and itself.</summary>
public sealed record AttributePresent(AttributePath Path) : FilterExpression
{
    public override TResult Accept<TResult>(IFilterVisitor<TResult> visitor) => visitor.Visit(this);

    public override string ToString() => $"{Path} pr";
}

public sealed record LogicalAnd(FilterExpression Left, FilterExpression Right) : FilterExpression
{
    public override TResult Accept<TResult>(IFilterVisitor<TResult> visitor) => visitor.Visit(this);

    // The parser joins from the left, so a conjunction on the right was in parentheses.
    public override string ToString() =>
        $"{(Left is LogicalOr ? $"({Left})" : Left)} and {(Right is LogicalOr or LogicalAnd ? $"({Right})" : Right)}";
}

public sealed record LogicalOr(FilterExpression Left, FilterExpression Right) : FilterExpression
{
    public override TResult Accept<TResult>(IFilterVisitor<TResult> visitor) => visitor.Visit(this);

    public override string ToString() => $"{Left} or {(Right is LogicalOr ? $"({Right})" : Right)}";
}

public sealed record LogicalNot(FilterExpression Operand) : FilterExpression
{
    public override TResult Accept<TResult>(IFilterVisitor<TResult> visitor) => visitor.Visit(this);

    public override string ToString() => $"not ({Operand})";
}

/// <summary>For example <c>emails[type eq "work"]</c>: one and the same value satisfies the whole inner filter, whose paths are relative to it.</summary>
public sealed record ValuePath(AttributePath Path, FilterExpression Inner) : FilterExpression
{
    public override TResult Accept<TResult>(IFilterVisitor<TResult> visitor) => visitor.Visit(this);

    public override string ToString() => $"{Path}[{Inner}]";
}
