using System.Globalization;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>The version of a resource as clients see it, in <c>ETag</c> and in <c>meta.version</c>. Always weak.</summary>
public readonly record struct EntityTag(long Version)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"W/\"{Version}\"");
}

/// <summary>The value of <c>If-Match</c> or <c>If-None-Match</c>.</summary>
public sealed class EntityTagCondition
{
    private readonly bool _any;
    private readonly HashSet<string> _opaque;

    private EntityTagCondition(bool any, HashSet<string> opaque)
    {
        _any = any;
        _opaque = opaque;
    }

    /// <summary>Reads a header: <c>*</c>, or tags separated by commas. Null if there is none. A tag without quotation marks is read as one.</summary>
    public static EntityTagCondition? Parse(string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return null;
        }

        var tags = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (tag == "*")
            {
                return new EntityTagCondition(true, []);
            }

            tags.Add((tag.StartsWith("W/", StringComparison.OrdinalIgnoreCase) ? tag[2..] : tag).Trim('"'));
        }

        return new EntityTagCondition(false, tags);
    }

    /// <summary>Compares weakly: only the opaque part counts (RFC 9110, section 8.8.3.2).</summary>
    public bool Matches(EntityTag current) => _any || _opaque.Contains(current.Version.ToString(CultureInfo.InvariantCulture));
}
