using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Tests.Core.Scim.Filtering;

/// <summary>Filters of every shape, the same for the same seed.</summary>
internal static class RandomFilter
{
    private static readonly string[] Names =
    [
        "userName",
        "name.givenName",
        "externalId",
        "active",
        "emails.value",
        "meta.created",
        $"{SchemaUrns.EnterpriseUser}:department",
    ];
    private static readonly string[] Texts = ["", "a", "OR", "x y", "\"", "\\", "(]", "Ünï😀", "null", "<&>'+"];

    public static FilterExpression Create(int seed) => Create(Stream(seed).GetEnumerator(), 4);

    private static FilterExpression Create(IEnumerator<int> numbers, int depth) =>
        (depth == 0 ? 0 : Next(numbers, 6)) switch
        {
            1 => new LogicalAnd(Create(numbers, depth - 1), Create(numbers, depth - 1)),
            2 => new LogicalOr(Create(numbers, depth - 1), Create(numbers, depth - 1)),
            3 => new LogicalNot(Create(numbers, depth - 1)),
            4 => new ValuePath(
                Path("emails"),
                Comparison(AttributePath.Within(Path("emails").Attribute.FindSubAttribute("type")!), numbers)
            ),
            5 => new AttributePresent(Path(Names[Next(numbers, Names.Length)])),
            _ => Comparison(Path(Names[Next(numbers, Names.Length)]), numbers),
        };

    private static AttributeComparison Comparison(AttributePath path, IEnumerator<int> numbers) =>
        path.Definition.Type switch
        {
            AttributeType.Boolean => new(path, ComparisonOperator.Equal, new FilterValue.Truth(Next(numbers, 2) == 1)),
            AttributeType.DateTime => new(
                path,
                ComparisonOperator.LessThan,
                new FilterValue.Instant(DateTimeOffset.UnixEpoch.AddMilliseconds(Next(numbers, int.MaxValue)))
            ),
            _ => new(path, (ComparisonOperator)Next(numbers, 9), new FilterValue.Text(Texts[Next(numbers, Texts.Length)])),
        };

    private static AttributePath Path(string name) => ((PathResolution.Found)BuiltInResourceTypes.User.Resolve(name)).Path;

    private static int Next(IEnumerator<int> numbers, int below)
    {
        numbers.MoveNext();
        return numbers.Current % below;
    }

    private static IEnumerable<int> Stream(int seed)
    {
        var state = (uint)seed | 1u;
        while (true)
        {
            state = (state * 1664525u) + 1013904223u;
            yield return (int)(state >> 8);
        }
    }
}
