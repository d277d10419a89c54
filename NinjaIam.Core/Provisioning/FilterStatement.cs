using System.Globalization;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning;

/// <summary>What comes together while a filter is translated: parameters, the first refusal, and what is not found in an index.</summary>
internal sealed class FilterStatement
{
    private const string Nothing = "0";

    private readonly List<(string Name, object? Value)> _parameters = [];
    private int _aliases;

    public IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

    public ScimError? Error { get; private set; }

    /// <summary>The first attribute that needs every resource read, or null.</summary>
    public string? Unindexed { get; private set; }

    public string Parameter(object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"$f{_parameters.Count}");
        _parameters.Add((name, value));
        return name;
    }

    public string Alias() => string.Create(CultureInfo.InvariantCulture, $"e{_aliases++}");

    public void ReadsEverythingFor(AttributePath path) => Unindexed ??= path.ToString();

    public string Refuse(string what)
    {
        Error ??= ScimError.InvalidFilter($"{what} can't be compared in filters: it is made for each answer. Use value or id instead.");
        return Nothing;
    }

    /// <summary>A comparison of an SQL expression that gives keys.</summary>
    /// <param name="operand">Key of what it is compared with.</param>
    public string Compare(string key, ComparisonOperator comparison, string operand)
    {
        if (comparison is not (ComparisonOperator.Contains or ComparisonOperator.StartsWith or ComparisonOperator.EndsWith))
        {
            return $"{key} {SqlOf(comparison)} {Parameter(operand)}";
        }

        // Every text contains the empty one.
        if (operand.Length == 0)
        {
            return $"{key} IS NOT NULL";
        }

        var part = Parameter(operand);
        return comparison switch
        {
            ComparisonOperator.Contains => $"instr({key}, {part}) > 0",
            ComparisonOperator.StartsWith => $"substr({key}, 1, length({part})) = {part}",
            _ => $"substr({key}, -length({part})) = {part}",
        };
    }

    /// <summary>Equality or a prefix as an index over the key finds it.</summary>
    public string Seek(string key, ComparisonOperator comparison, string operand)
    {
        if (comparison == ComparisonOperator.Equal)
        {
            return $"{key} = {Parameter(operand)}";
        }

        var from = $"{key} >= {Parameter(operand)}";
        return SearchKey.After(operand) is { } end ? $"{from} AND {key} < {Parameter(end)}" : from;
    }

    public static bool CanSeek(ComparisonOperator comparison) => comparison is ComparisonOperator.Equal or ComparisonOperator.StartsWith;

    // A comparison with a missing value is unknown in SQL and false in SCIM.
    public static string Not(string sql) => $"NOT COALESCE({sql}, 0)";

    public static string SqlOf(ComparisonOperator comparison) =>
        comparison switch
        {
            ComparisonOperator.Equal => "=",
            ComparisonOperator.GreaterThan => ">",
            ComparisonOperator.GreaterOrEqual => ">=",
            ComparisonOperator.LessThan => "<",
            ComparisonOperator.LessOrEqual => "<=",
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
}
