using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning;

/// <summary>A place in a stored document, as SQL.</summary>
/// <param name="Json">An expression that gives JSON.</param>
/// <param name="Path">SQLite's path from there.</param>
internal readonly record struct JsonPlace(string Json, string Path)
{
    public static JsonPlace Of(ScimSchema? extension)
    {
        var root = new JsonPlace("r.doc", "$");
        return extension is null ? root : root.Then(extension.Id);
    }

    public JsonPlace Then(string name) => this with { Path = $"{Path}.\"{name}\"" };

    /// <summary>A condition on the value at the end of the chain; where there are several, on any of them.</summary>
    /// <param name="condition">Makes the condition from an expression that gives the value as JSON, or NULL.</param>
    public string Any(FilterStatement statement, ReadOnlySpan<AttributeDefinition> chain, Func<string, string> condition)
    {
        var place = Then(chain[0].Name);
        var rest = chain[1..];
        if (!chain[0].MultiValued)
        {
            return rest.IsEmpty ? condition($"{place.Json} -> {statement.Parameter(place.Path)}") : place.Any(statement, rest, condition);
        }

        var alias = statement.Alias();
        return place.Each(
            statement,
            alias,
            rest.IsEmpty ? condition($"{place.Json} -> {alias}.fullkey") : Element(alias).Any(statement, rest, condition)
        );
    }

    /// <summary>Whether anything but null stands at the end of the chain, at any depth.</summary>
    public string Present(FilterStatement statement, ReadOnlySpan<AttributeDefinition> chain)
    {
        var place = Then(chain[0].Name);
        var alias = statement.Alias();
        if (chain.Length == 1)
        {
            return $"EXISTS (SELECT 1 FROM json_tree({place.Json}, {statement.Parameter(place.Path)}) {alias} WHERE {alias}.atom IS NOT NULL)";
        }

        return chain[0].MultiValued
            ? place.Each(statement, alias, Element(alias).Present(statement, chain[1..]))
            : place.Present(statement, chain[1..]);
    }

    /// <summary>Whether an element of the list at this place meets a condition.</summary>
    public string Each(FilterStatement statement, string alias, string condition) =>
        $"EXISTS (SELECT 1 FROM json_each({Json}, {statement.Parameter(Path)}) {alias} WHERE {condition})";

    /// <summary>The complex value that an element of a list is.</summary>
    public static JsonPlace Element(string alias) => new($"(CASE {alias}.type WHEN 'object' THEN {alias}.value END)", "$");
}
