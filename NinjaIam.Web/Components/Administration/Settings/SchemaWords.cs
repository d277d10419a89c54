using NinjaIam.Core.Scim.Schema;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Settings;

/// <summary>What schemas and attributes are, as people read it.</summary>
internal static class SchemaWords
{
    public static string DefinedBy(string? source) => source ?? SettingsTexts.BuiltIn;

    public static string UsedBy(SchemaRegistry schemas, ScimSchema schema)
    {
        var types = schemas.ResourceTypes.Where(type =>
            type.Schema == schema || type.Extensions.Any(extension => extension.Schema == schema)
        );
        return string.Join(", ", types.Select(type => type.Name)) is { Length: > 0 } names ? names : SettingsTexts.UsedByDiscovery;
    }

    public static string TypeOf(AttributeDefinition attribute) =>
        attribute.MultiValued ? Wording.Fill(SettingsTexts.ListOf, attribute.Type.ToToken()) : attribute.Type.ToToken();

    /// <summary>Everything that is not as usual.</summary>
    public static string CharacteristicsOf(AttributeDefinition attribute) =>
        string.Join(", ", WordsOf(attribute)) is { Length: > 0 } words ? words : SharedTexts.NothingToShow;

    private static IEnumerable<string> WordsOf(AttributeDefinition attribute)
    {
        string?[] words =
        [
            attribute.Required ? SettingsTexts.Required : null,
            attribute.Mutability switch
            {
                Mutability.ReadOnly => SettingsTexts.ReadOnly,
                Mutability.Immutable => SettingsTexts.Immutable,
                Mutability.WriteOnly => SettingsTexts.WriteOnly,
                _ => null,
            },
            attribute.Returned switch
            {
                Returned.Always => SettingsTexts.ReturnedAlways,
                Returned.Never => SettingsTexts.ReturnedNever,
                Returned.Request => SettingsTexts.ReturnedOnRequest,
                _ => null,
            },
            attribute.Uniqueness switch
            {
                Uniqueness.Server => SettingsTexts.UniqueServer,
                Uniqueness.Global => SettingsTexts.UniqueGlobal,
                _ => null,
            },
            attribute is { CaseExact: true, Type: AttributeType.String } ? SettingsTexts.CaseExact : null,
            attribute.Searchable ? SettingsTexts.Searchable : null,
            Listed(attribute.CanonicalValuesOnly ? SettingsTexts.OneOf : SettingsTexts.SuchAs, attribute.CanonicalValues),
            Listed(SettingsTexts.RefersTo, attribute.ReferenceTypes),
        ];
        return words.OfType<string>();
    }

    private static string? Listed(string text, IReadOnlyList<string> values) =>
        values.Count == 0 ? null : Wording.Fill(text, string.Join(", ", values));
}
