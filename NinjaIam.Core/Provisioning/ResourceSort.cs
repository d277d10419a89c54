using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What a list is sorted by (RFC 7644, section 3.4.2.3). Resources of a type without the attribute have no value.</summary>
public sealed class ResourceSort
{
    private readonly IReadOnlyDictionary<ResourceType, ResourceOrder> _orders;

    private ResourceSort(string name, bool isDescending, IReadOnlyDictionary<ResourceType, ResourceOrder> orders) =>
        (Name, IsDescending, _orders) = (name, isDescending, orders);

    /// <summary>The attribute and the direction, in one spelling.</summary>
    public string Name { get; }

    public bool IsDescending { get; }

    /// <param name="types">The types of the list. One of them at least must have the attribute.</param>
    public static ScimOutcome<ResourceSort> Read(IReadOnlyList<ResourceType> types, string sortBy, string? sortOrder)
    {
        var isDescending = string.Equals(sortOrder, "descending", StringComparison.OrdinalIgnoreCase);
        if (!isDescending && sortOrder is not null && !string.Equals(sortOrder, "ascending", StringComparison.OrdinalIgnoreCase))
        {
            return ScimError.InvalidValue("sortOrder must be ascending or descending.");
        }

        var orders = new Dictionary<ResourceType, ResourceOrder>();
        var names = new List<string>();
        foreach (var type in types)
        {
            if (PathOf(type, sortBy) is not { } path)
            {
                continue;
            }

            if (OrderOf(type, path) is not { } order)
            {
                return CannotSort(type, sortBy);
            }

            orders.Add(type, order);
            names.Add(path.ToString());
        }

        return orders.Count == 0
            ? CannotSort(types[0], sortBy)
            : new ResourceSort($"{string.Join('|', names)} {(isDescending ? "descending" : "ascending")}", isDescending, orders);
    }

    internal ResourceOrder OrderOf(ResourceType type) => _orders.GetValueOrDefault(type, ResourceOrder.Default);

    private static ScimError CannotSort(ResourceType type, string sortBy) =>
        ScimError.InvalidPath(
            $"Lists of {type.Endpoint} can't be sorted by \"{sortBy}\". Use {SearchContent.FoundBy(type)}, or leave sortBy out."
        );

    private static AttributePath? PathOf(ResourceType type, string sortBy)
    {
        var path = type.Resolve(sortBy) is PathResolution.Found found ? found.Path : type.ResolveUnqualified(sortBy);
        return path is { SubAttribute: null, Attribute: { IsComplex: true, ValueAttribute: { } value } }
            ? path with
            {
                SubAttribute = value,
            }
            : path;
    }

    private static ResourceOrder? OrderOf(ResourceType type, AttributePath path)
    {
        if (SearchContent.HasKeys(type, path))
        {
            return new ResourceOrder(null, path.ToString(), path.Attribute.MultiValued, true);
        }

        var attribute = path.Attribute;
        return path.Extension is not null ? null
            : ReferenceEquals(attribute, CommonAttributes.Id) ? new ResourceOrder("hex(r.id)", null, false, false)
            : ReferenceEquals(attribute, CommonAttributes.ExternalId) ? new ResourceOrder("r.external_id", null, false, true)
            : ReferenceEquals(attribute, type.NameAttribute) ? new ResourceOrder("r.name_key", null, false, false)
            : SearchContent.IsActive(type, attribute)
                ? new ResourceOrder("(CASE r.active WHEN 1 THEN 'true' ELSE 'false' END)", null, false, false)
            : null;
    }
}
