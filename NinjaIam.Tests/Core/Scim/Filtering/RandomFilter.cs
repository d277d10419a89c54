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

    public static FilterExpression Create(int seed) => Create(new PseudoRandom(seed), 4);

    private static FilterExpression Create(PseudoRandom random, int depth) =>
        (depth == 0 ? 0 : random.Below(6)) switch
        {
            1 => new LogicalAnd(Create(random, depth - 1), Create(random, depth - 1)),
            2 => new LogicalOr(Create(random, depth - 1), Create(random, depth - 1)),
            3 => new LogicalNot(Create(random, depth - 1)),
            4 => new ValuePath(
                Path("emails"),
                Comparison(AttributePath.Within(Path("emails").Attribute.FindSubAttribute("type")!), random)
            ),
            5 => new AttributePresent(Path(random.Pick(Names))),
            _ => Comparison(Path(random.Pick(Names)), random),
        };

    private static AttributeComparison Comparison(AttributePath path, PseudoRandom random) =>
        path.Definition.Type switch
        {
            AttributeType.Boolean => new(path, ComparisonOperator.Equal, new FilterValue.Truth(random.Below(2) == 1)),
            AttributeType.DateTime => new(
                path,
                ComparisonOperator.LessThan,
                new FilterValue.Instant(DateTimeOffset.UnixEpoch.AddMilliseconds(random.Below(int.MaxValue)))
            ),
            _ => new(path, (ComparisonOperator)random.Below(9), new FilterValue.Text(random.Pick(Texts))),
        };

    private static AttributePath Path(string name) => ((PathResolution.Found)BuiltInResourceTypes.User.Resolve(name)).Path;
}
