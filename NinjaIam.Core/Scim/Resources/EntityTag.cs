using System.Globalization;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>The version of a resource as clients see it, in <c>ETag</c> and in <c>meta.version</c>. Always weak.</summary>
public readonly record struct EntityTag(long Version)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"W/\"{Version}\"");
}

/// <summary>What a request asks of the version that its resource has: <c>If-Match</c>, <c>If-None-Match</c>, or both.</summary>
public sealed class EntityTagCondition
{
    private readonly EntityTagList? _match;
    private readonly EntityTagList? _noneMatch;

    private EntityTagCondition(EntityTagList? match, EntityTagList? noneMatch) => (_match, _noneMatch) = (match, noneMatch);

    /// <summary>Null if neither header is there.</summary>
    public static EntityTagCondition? Parse(string? ifMatch, string? ifNoneMatch = null) =>
        (EntityTagList.Parse(ifMatch), EntityTagList.Parse(ifNoneMatch)) switch
        {
            (null, null) => null,
            var (match, noneMatch) => new EntityTagCondition(match, noneMatch),
        };

    public bool Holds(EntityTag current) => _match?.Contains(current) != false && _noneMatch?.Contains(current) != true;
}

/// <summary>The value of <c>If-Match</c> or <c>If-None-Match</c>.</summary>
public sealed class EntityTagList
{
    private readonly bool _any;
    private readonly HashSet<string> _opaque;

    private EntityTagList(bool any, HashSet<string> opaque) => (_any, _opaque) = (any, opaque);

    /// <summary>Reads a header: <c>*</c>, or tags separated by commas. Null if there is none. A tag without quotation marks is read as one.</summary>
    public static EntityTagList? Parse(string? header)
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
                return new EntityTagList(true, []);
            }

            tags.Add((tag.StartsWith("W/", StringComparison.OrdinalIgnoreCase) ? tag[2..] : tag).Trim('"'));
        }

        return new EntityTagList(false, tags);
    }

    /// <summary>Compares weakly: only the opaque part counts (RFC 9110, section 8.8.3.2).</summary>
    public bool Contains(EntityTag current) => _any || _opaque.Contains(current.Version.ToString(CultureInfo.InvariantCulture));
}
