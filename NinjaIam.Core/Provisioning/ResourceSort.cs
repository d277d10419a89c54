using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What a list is sorted by (RFC 7644, section 3.4.2.3).</summary>
public sealed class ResourceSort
{
    private ResourceSort(string name, ResourceOrder order) => (Name, Order) = (name, order);

    /// <summary>The attribute and the direction, in one spelling.</summary>
    public string Name { get; }

    internal ResourceOrder Order { get; }

    public static ScimOutcome<ResourceSort> Read(ResourceType type, string sortBy, string? sortOrder)
    {
        var isDescending = string.Equals(sortOrder, "descending", StringComparison.OrdinalIgnoreCase);
        if (!isDescending && sortOrder is not null && !string.Equals(sortOrder, "ascending", StringComparison.OrdinalIgnoreCase))
        {
            return ScimError.InvalidValue("sortOrder must be ascending or descending.");
        }

        var path = type.Resolve(sortBy) is PathResolution.Found found ? found.Path : type.ResolveUnqualified(sortBy);
        if (path is { SubAttribute: null, Attribute: { IsComplex: true, ValueAttribute: { } value } })
        {
            path = path with { SubAttribute = value };
        }

        if (path is null || OrderOf(type, path, isDescending) is not { } order)
        {
            return ScimError.InvalidPath(
                $"Lists of {type.Endpoint} can't be sorted by \"{sortBy}\". Use {SearchContent.NameAttribute(type)} or externalId, or leave sortBy out."
            );
        }

        return new ResourceSort($"{path} {(isDescending ? "descending" : "ascending")}", order);
    }

    private static ResourceOrder? OrderOf(ResourceType type, AttributePath path, bool isDescending)
    {
        if (SearchContent.HasKeys(type, path))
        {
            return new ResourceOrder(null, path.ToString(), path.Attribute.MultiValued, true, isDescending);
        }

        var attribute = path.Attribute;
        return path.Extension is not null ? null
            : ReferenceEquals(attribute, CommonAttributes.Id) ? new ResourceOrder("hex(r.id)", null, false, false, isDescending)
            : ReferenceEquals(attribute, CommonAttributes.ExternalId) ? new ResourceOrder("r.external_id", null, false, true, isDescending)
            : attribute.Name == SearchContent.NameAttribute(type) ? new ResourceOrder("r.name_key", null, false, false, isDescending)
            : SearchContent.IsActive(attribute)
                ? new ResourceOrder("(CASE r.active WHEN 1 THEN 'true' ELSE 'false' END)", null, false, false, isDescending)
            : null;
    }
}
