namespace NinjaIam.Core.Scim.Filtering;

/// <summary>The comparison operators of RFC 7644, table 3.</summary>
public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    GreaterThan,
    GreaterOrEqual,
    LessThan,
    LessOrEqual,
}

public static class ComparisonOperatorTokens
{
    public static string ToToken(this ComparisonOperator comparison) =>
        comparison switch
        {
            ComparisonOperator.Equal => "eq",
            ComparisonOperator.NotEqual => "ne",
            ComparisonOperator.Contains => "co",
            ComparisonOperator.StartsWith => "sw",
            ComparisonOperator.EndsWith => "ew",
            ComparisonOperator.GreaterThan => "gt",
            ComparisonOperator.GreaterOrEqual => "ge",
            ComparisonOperator.LessThan => "lt",
            ComparisonOperator.LessOrEqual => "le",
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };

    /// <summary>Operators compare without regard to letter case.</summary>
    public static ComparisonOperator? FromToken(string token) =>
        token.ToUpperInvariant() switch
        {
            "EQ" => ComparisonOperator.Equal,
            "NE" => ComparisonOperator.NotEqual,
            "CO" => ComparisonOperator.Contains,
            "SW" => ComparisonOperator.StartsWith,
            "EW" => ComparisonOperator.EndsWith,
            "GT" => ComparisonOperator.GreaterThan,
            "GE" => ComparisonOperator.GreaterOrEqual,
            "LT" => ComparisonOperator.LessThan,
            "LE" => ComparisonOperator.LessOrEqual,
            _ => null,
        };
}
