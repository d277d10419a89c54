using System.Globalization;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning;

/// <summary>What comes together while a filter is translated: parameters, the first refusal, and what is not found in an index.</summary>
/// <param name="number">Keeps the names of parameters apart where several filters stand in one statement.</param>
internal sealed class FilterStatement(int number)
{
    /// <summary>What no resource meets.</summary>
    public const string Never = "0";

    /// <summary>What every resource meets.</summary>
    public const string Always = "1";

    private readonly List<(string Name, object? Value)> _parameters = [];
    private int _aliases;

    public ScimError? Error { get; private set; }

    /// <summary>The first attribute that needs every resource read, or null.</summary>
    public string? Unindexed { get; private set; }

    public string Parameter(object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"$f{number}_{_parameters.Count}");
        _parameters.Add((name, value));
        return name;
    }

    /// <summary>Those parameters that are still named in the text when it is complete.</summary>
    public IReadOnlyList<(string Name, object? Value)> ParametersOf(string sql) =>
        [.. _parameters.Where(parameter => sql.Contains(parameter.Name, StringComparison.Ordinal))];

    public string Alias() => string.Create(CultureInfo.InvariantCulture, $"e{_aliases++}");

    public void ReadsEverythingFor(AttributePath path) => Unindexed ??= path.ToString();

    public string Refuse(string what)
    {
        Error ??= ScimError.InvalidFilter($"{what} can't be compared in filters: it is made for each answer. Use value or id instead.");
        return Never;
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
    public static string Not(string sql) =>
        sql switch
        {
            Never => Always,
            Always => Never,
            _ => $"NOT COALESCE({sql}, 0)",
        };

    // A query over several types names attributes that a type does not have: what is decided by that alone is not left to the database.
    public static string And(string left, string right) =>
        (left, right) switch
        {
            (Never, _) or (_, Never) => Never,
            (Always, _) => right,
            (_, Always) => left,
            _ => $"({left} AND {right})",
        };

    public static string Or(string left, string right) =>
        (left, right) switch
        {
            (Always, _) or (_, Always) => Always,
            (Never, _) => right,
            (_, Never) => left,
            _ => $"({left} OR {right})",
        };

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
