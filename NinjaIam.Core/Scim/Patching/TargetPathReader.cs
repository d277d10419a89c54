using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>Reads paths of PATCH operations.</summary>
internal static class TargetPathReader
{
    /// <summary>Null when the path is refused; the reason is among the findings.</summary>
    public static TargetPath? Read(string text, ResourceType type, Findings findings)
    {
        if (SchemaAliases.TryTranslate(text.Trim(), out var path))
        {
            findings.Note(DialectRules.LegacySchema, path);
        }

        var open = path.IndexOf('[', StringComparison.Ordinal);
        return open < 0 ? ReadPlain(path, type, findings) : ReadWithFilter(path, open, type, findings);
    }

    private static TargetPath? ReadPlain(string path, ResourceType type, Findings findings)
    {
        switch (type.Resolve(path))
        {
            case PathResolution.Found(var found):
                if (!path.EndsWith(found.ToString(), StringComparison.Ordinal))
                {
                    findings.Note(DialectRules.LetterCase, found.ToString());
                }

                return new TargetPath.Selected(found, null);
            case PathResolution.WholeSchema(var schema):
                return new TargetPath.WholeSchema(schema);
            case PathResolution.SchemaNotRegistered:
                return new TargetPath.Unregistered(path);
            default:
                findings.Refuse(Unknown(path, type));
                return null;
        }
    }

    private static TargetPath? ReadWithFilter(string path, int open, ResourceType type, Findings findings)
    {
        var close = path.LastIndexOf(']');
        var rest = close < open ? "" : path[(close + 1)..];
        if (close < open || (rest.Length > 0 && rest is not ['.', _, ..]))
        {
            findings.Refuse(ScimError.InvalidPath($"The path \"{path}\" is malformed. Write it as in emails[type eq \"work\"].value."));
            return null;
        }

        var resolution = type.Resolve(path[..open].TrimEnd());
        if (resolution is PathResolution.SchemaNotRegistered)
        {
            return new TargetPath.Unregistered(path);
        }

        if (resolution is not PathResolution.Found(var found))
        {
            findings.Refuse(Unknown(path[..open], type));
            return null;
        }

        if (found.SubAttribute is not null || found.Attribute is not { MultiValued: true, IsComplex: true } attribute)
        {
            findings.Refuse(
                ScimError.InvalidPath($"{found} can't be followed by a filter in brackets; only complex multi-valued attributes can.")
            );
            return null;
        }

        var subAttribute = rest.Length == 0 ? null : attribute.FindSubAttribute(rest[1..]);
        if (rest.Length > 0 && subAttribute is null)
        {
            findings.Refuse(Unknown($"{found}{rest}", type));
            return null;
        }

        if (!FilterParser.ParseValueFilter(path[(open + 1)..close], attribute).TryGet(out var filter, out var failure))
        {
            findings.Refuse(failure);
            return null;
        }

        foreach (var repair in filter.Repairs)
        {
            findings.Note(repair.Rule, $"{found}.{repair.Target}");
        }

        return new TargetPath.Selected(found with { SubAttribute = subAttribute }, filter.Expression);
    }

    private static ScimError Unknown(string path, ResourceType type) =>
        ScimError.InvalidPath(
            $"{type.Name} has no attribute \"{path}\". Remove it from the mappings of the client; /Schemas lists the attributes."
        );
}
