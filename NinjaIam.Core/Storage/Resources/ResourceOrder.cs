namespace NinjaIam.Core.Storage.Resources;

/// <summary>A place between two resources of a list, right after or right before one of them.</summary>
/// <param name="Key">What the resource is sorted by; null where it has no such value, or nothing is sorted by.</param>
/// <param name="Backwards">Reads on towards the start of the list.</param>
public sealed record ListPosition(string? Key, long Seq, bool Backwards);

/// <summary>The order of a list: by a key, then by age. What has no key comes last, or first in descending order.</summary>
/// <param name="Column">An expression over the resource <c>r</c> that gives the key, or null.</param>
/// <param name="Attribute">An attribute whose value rows give the key, or null.</param>
/// <param name="IsMultiValued">Of the values of the attribute the primary one counts, else the first.</param>
/// <param name="MayBeMissing">There may be resources without a key.</param>
internal sealed record ResourceOrder(string? Column, string? Attribute, bool IsMultiValued, bool MayBeMissing)
{
    /// <summary>By age alone: the order in which nothing is skipped or read twice while resources are added and changed.</summary>
    public static ResourceOrder Default { get; } = new(null, null, false, true);

    /// <summary>
    /// The half of the list that has keys, or the half that has none, as an index can read it from any place; null where there is none.
    /// </summary>
    /// <param name="startsFromResource">There are few resources, so that their keys are looked up and not the other way round.</param>
    /// <param name="attributeName">Of the parameter that holds <see cref="Attribute"/>.</param>
    public OrderedPart? PartOf(bool hasKeys, bool isReversed, bool startsFromResource, string attributeName)
    {
        if (!hasKeys)
        {
            var isMissing =
                Column is not null ? $"{Column} IS NULL"
                : Attribute is not null
                    ? $"NOT EXISTS (SELECT 1 FROM resource_values s WHERE s.seq = r.seq AND s.attribute = {attributeName})"
                : "1";
            return MayBeMissing ? new("resources r", isMissing, null, "r.seq", isReversed) : null;
        }

        if (Column is not null)
        {
            return new("resources r", MayBeMissing ? $"{Column} IS NOT NULL" : "1", Column, "r.seq", isReversed);
        }

        return Attribute is null
            ? null
            : new(
                startsFromResource
                    ? "resources r CROSS JOIN resource_values s ON s.seq = r.seq"
                    : "resource_values s CROSS JOIN resources r ON r.seq = s.seq",
                $"s.attribute = {attributeName}{(IsMultiValued ? IsChosen : "")}",
                "s.key",
                "s.seq",
                isReversed
            );
    }

    private const string IsChosen = """
         AND NOT EXISTS (
            SELECT 1 FROM resource_values w WHERE w.seq = s.seq AND w.attribute = s.attribute AND w.ordinal < s.ordinal
        )
        """;
}

/// <summary>A part of a list whose resources all have a key, or all have none.</summary>
/// <param name="Key">Expression of the key, or null.</param>
internal sealed record OrderedPart(string From, string Condition, string? Key, string Seq, bool IsReversed)
{
    public string After =>
        $"{(Key is null ? Seq : $"({Key}, {Seq})")} {(IsReversed ? "<" : ">")} {(Key is null ? "$seq" : "($key, $seq)")}";
}

/// <summary>Which resources of a list to read.</summary>
/// <param name="IsDescending">The list itself runs from the greatest key to the least.</param>
/// <param name="From">Where to go on; null starts at one end.</param>
/// <param name="Skip">How many to pass over from there.</param>
internal readonly record struct ListWindow(bool IsDescending, ListPosition? From, long Skip, int Take)
{
    public bool IsReversed => IsDescending != (From?.Backwards == true);
}

/// <summary>A resource of a list.</summary>
/// <param name="Key">What it is sorted by.</param>
/// <param name="Source">Number of its source.</param>
internal sealed record ListedDocument(StoredDocument Document, string? Key, int Source);
