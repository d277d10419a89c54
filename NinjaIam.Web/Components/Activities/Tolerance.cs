namespace NinjaIam.Web.Components.Activities;

/// <summary>One thing that was tolerated about a request, as administrators read it.</summary>
/// <param name="Target">The attribute, path or name that it was about.</param>
/// <param name="Words">What was done about it.</param>
public sealed record Tolerance(string Target, string Words)
{
    /// <param name="repair">As the request log keeps it: "string-boolean: active".</param>
    public static Tolerance Of(string repair)
    {
        var parts = repair.Split(": ", 2);
        return new Tolerance(parts.Length > 1 ? parts[1] : "", WordsOf(parts[0]));
    }

    // The log keeps the names of rules, also of those that a later version knew.
    private static string WordsOf(string rule) =>
        rule switch
        {
            "canonical-spelling" => ToleranceTexts.CanonicalSpelling,
            "comparison-after-value-path" => ToleranceTexts.ComparisonAfterValuePath,
            "created-by-filter" => ToleranceTexts.CreatedByFilter,
            "duplicate-value" => ToleranceTexts.DuplicateValue,
            "empty-query-part" => ToleranceTexts.EmptyQueryPart,
            "empty-text-for-complex-value" => ToleranceTexts.EmptyTextForComplexValue,
            "empty-value" => ToleranceTexts.EmptyValue,
            "flag-before-path" => ToleranceTexts.FlagBeforePath,
            "flat-name" => ToleranceTexts.FlatName,
            "json-in-text" => ToleranceTexts.JsonInText,
            "kept-on-replace" => ToleranceTexts.KeptOnReplace,
            "legacy-schema" => ToleranceTexts.LegacySchema,
            "letter-case" => ToleranceTexts.LetterCase,
            "list-as-text" => ToleranceTexts.ListAsText,
            "list-for-single-value" => ToleranceTexts.ListForSingleValue,
            "missing-media-type" => ToleranceTexts.MissingMediaType,
            "missing-patch-schemas" => ToleranceTexts.MissingPatchSchemas,
            "missing-schemas" => ToleranceTexts.MissingSchemas,
            "number-as-text" => ToleranceTexts.NumberAsText,
            "operation-letter-case" => ToleranceTexts.OperationLetterCase,
            "password-not-kept" => ToleranceTexts.PasswordNotKept,
            "read-only-attribute" => ToleranceTexts.ReadOnlyAttribute,
            "reference-is-no-address" => ToleranceTexts.ReferenceIsNoAddress,
            "remove-with-value" => ToleranceTexts.RemoveWithValue,
            "returning-resource" => ToleranceTexts.ReturningResource,
            "single-value-for-list" => ToleranceTexts.SingleValueForList,
            "string-boolean" => ToleranceTexts.StringBoolean,
            "text-for-complex-value" => ToleranceTexts.TextForComplexValue,
            "undeclared-extension" => ToleranceTexts.UndeclaredExtension,
            "unknown-attribute" => ToleranceTexts.UnknownAttribute,
            "unknown-schema-in-path" => ToleranceTexts.UnknownSchemaInPath,
            "unqualified-attribute" => ToleranceTexts.UnqualifiedAttribute,
            "unquoted-value" => ToleranceTexts.UnquotedValue,
            _ => rule,
        };
}
