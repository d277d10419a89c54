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
internal sealed record ResourceOrder(string? Column, string? Attribute, bool IsMultiValued, bool MayBeMissing, bool IsDescending)
{
    /// <summary>By age alone: the order in which nothing is skipped or read twice while resources are added and changed.</summary>
    public static ResourceOrder Default { get; } = new(null, null, false, true, false);

    /// <summary>The list in parts, each of which an index can read from any place, in the order of reading.</summary>
    /// <param name="startsFromResource">There are few resources, so that their keys are looked up and not the other way round.</param>
    public IEnumerable<OrderedPart> Parts(bool backwards, bool startsFromResource)
    {
        var isReversed = IsDescending != backwards;
        var parts = new List<OrderedPart>();
        if (Column is not null)
        {
            parts.Add(new("resources r", MayBeMissing ? $"{Column} IS NOT NULL" : "1", Column, "r.seq", isReversed));
        }
        else if (Attribute is not null)
        {
            parts.Add(
                new(
                    startsFromResource
                        ? "resources r CROSS JOIN resource_values s ON s.seq = r.seq"
                        : "resource_values s CROSS JOIN resources r ON r.seq = s.seq",
                    $"s.attribute = $sort{(IsMultiValued ? IsChosen : "")}",
                    "s.key",
                    "s.seq",
                    isReversed
                )
            );
        }

        if (MayBeMissing)
        {
            var isMissing =
                Column is not null ? $"{Column} IS NULL"
                : Attribute is not null ? "NOT EXISTS (SELECT 1 FROM resource_values s WHERE s.seq = r.seq AND s.attribute = $sort)"
                : "1";
            parts.Add(new("resources r", isMissing, null, "r.seq", isReversed));
        }

        return isReversed ? parts.AsEnumerable().Reverse() : parts;
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
    public string OrderBy => IsReversed ? $"{(Key is null ? "" : $"{Key} DESC, ")}{Seq} DESC" : $"{(Key is null ? "" : $"{Key}, ")}{Seq}";

    public string After =>
        $"{(Key is null ? Seq : $"({Key}, {Seq})")} {(IsReversed ? "<" : ">")} {(Key is null ? "$seq" : "($key, $seq)")}";
}

/// <summary>Which resources of a list to read.</summary>
/// <param name="From">Where to go on; null starts at one end.</param>
/// <param name="Skip">How many to pass over from there.</param>
/// <param name="IsOfFew">The provider has few resources. Keys of all providers stand together, and among them its own would be rare.</param>
internal readonly record struct ListWindow(ResourceOrder Order, ListPosition? From, long Skip, int Take, bool IsOfFew = false);
