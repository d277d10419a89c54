using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Which attributes an answer over several resource types has. A name that a type does not know selects nothing of it.</summary>
public sealed class Projections(params IReadOnlyList<Projection> projections)
{
    private readonly Dictionary<ResourceType, Projection> _byType = projections.ToDictionary(projection => projection.Type);

    public Projection this[ResourceType type] => _byType[type];

    /// <summary>As <see cref="Projection.Parse"/>, for each of the types.</summary>
    public static ScimOutcome<Projections> Parse(string? attributes, string? excludedAttributes, IReadOnlyList<ResourceType> types)
    {
        var projections = new List<Projection>();
        foreach (var type in types)
        {
            if (!Projection.Parse(attributes, excludedAttributes, type).TryGet(out var projection, out var failure))
            {
                return failure;
            }

            projections.Add(projection);
        }

        return new Projections(projections);
    }
}
