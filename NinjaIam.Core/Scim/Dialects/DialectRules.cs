namespace NinjaIam.Core.Scim.Dialects;

/// <summary>Every leniency there is. A new one needs a documented exchange.</summary>
public static class DialectRules
{
    private const string EntraRequests = "Microsoft Learn: Develop and plan provisioning for a SCIM endpoint in Microsoft Entra ID";
    private const string EntraCompatibility =
        "Microsoft Learn: Known issues with SCIM 2.0 protocol compliance of the Microsoft Entra provisioning service";
    private const string OktaProtocol = "Okta Developer: SCIM 2.0 protocol reference";
    private const string Rfc7643Unassigned = "RFC 7643, section 2.5";
    private const string Rfc7644Attributes = "RFC 7644, section 3.10";

    public static DialectRule StringBoolean { get; } =
        new("string-boolean", "The text True or False is read as a boolean.", EntraCompatibility);

    public static DialectRule NumberAsText { get; } =
        new(
            "number-as-text",
            "A number sent for a text is stored as its digits.",
            "NinjaOne: organizationId is documented with numeric identifiers"
        );

    public static DialectRule ListAsText { get; } =
        new(
            "list-as-text",
            "A list sent for a text that names several things is joined by commas.",
            "NinjaOne: organizationId takes several identifiers"
        );

    public static DialectRule ListForSingleValue { get; } =
        new("list-for-single-value", "A list of one value sent for a single-valued attribute is read as that value.", EntraRequests);

    public static DialectRule SingleValueForList { get; } =
        new("single-value-for-list", "One value sent for a multi-valued attribute is read as a list of it.", EntraRequests);

    public static DialectRule TextForComplexValue { get; } =
        new(
            "text-for-complex-value",
            "A text sent for a complex attribute, such as manager, is read as its sub-attribute value.",
            "SCIMple, issue 1242; scimitar, issue 48"
        );

    public static DialectRule JsonInText { get; } =
        new("json-in-text", "A value that is JSON inside a text, such as Entra's roles, is unwrapped.", EntraRequests);

    public static DialectRule EmptyTextForComplexValue { get; } =
        new(
            "empty-text-for-complex-value",
            "An empty text sent for a complex attribute, such as manager, is read as no value.",
            EntraRequests
        );

    public static DialectRule EmptyValue { get; } = new("empty-value", "null and an empty list are read as no value.", Rfc7643Unassigned);

    public static DialectRule LetterCase { get; } =
        new("letter-case", "The name is spelled with other letter case than the schema's.", Rfc7644Attributes);

    public static DialectRule CanonicalSpelling { get; } =
        new(
            "canonical-spelling",
            "The value is spelled with other letter case than the allowed value.",
            "NinjaOne: userType is technician or endUser"
        );

    public static DialectRule FlatName { get; } =
        new(
            "flat-name",
            "A key that holds a path, such as name.givenName or a URN with an attribute, is folded into the document.",
            EntraCompatibility
        );

    public static DialectRule LegacySchema { get; } =
        new(
            "legacy-schema",
            "A schema URN of another version or vendor is ignored or read as today's.",
            "authentik, issue 11249; Snipe-IT, issue 12642"
        );

    public static DialectRule MissingSchemas { get; } =
        new("missing-schemas", "The body does not say its schemas.", "OneLogin and home-grown clients");

    public static DialectRule UndeclaredExtension { get; } =
        new("undeclared-extension", "The body has values of an extension that its schemas do not name.", EntraRequests);

    public static DialectRule UnknownAttribute { get; } =
        new("unknown-attribute", "The schema does not have the attribute; it is ignored.", "RFC 7644, section 3.3");

    public static DialectRule ReadOnlyAttribute { get; } =
        new("read-only-attribute", "The attribute is read-only; it is ignored.", "RFC 7644, sections 3.3 and 3.5.1");

    public static DialectRule PasswordNotKept { get; } = new("password-not-kept", "The password is accepted and not kept.", OktaProtocol);

    public static DialectRule DuplicateValue { get; } =
        new("duplicate-value", "The same value of the same type stands more than once; it is kept once.", "RFC 7643, section 2.4");

    public static DialectRule KeptOnReplace { get; } =
        new("kept-on-replace", "PUT does not mention it and it is kept.", "Okta PUT applications; RFC 7644, section 3.5.1");

    public static DialectRule OperationLetterCase { get; } =
        new("operation-letter-case", "The PATCH operation is not spelled in lower case.", EntraCompatibility);

    public static DialectRule MissingPatchSchemas { get; } =
        new(
            "missing-patch-schemas",
            "A PATCH inside a bulk request does not say its schemas.",
            "RFC 7644, section 3.7.3, and its erratum 5050"
        );

    public static DialectRule RemoveWithValue { get; } =
        new("remove-with-value", "A remove that has a value removes just that value.", EntraRequests);

    public static DialectRule CreatedByFilter { get; } =
        new(
            "created-by-filter",
            "No entry matches the filter of the path; one with the filter's values is created.",
            "SCIM-SDK, issue 416"
        );

    public static DialectRule UnknownSchemaInPath { get; } =
        new("unknown-schema-in-path", "The path names a schema that is not registered; the operation is ignored.", EntraRequests);

    public static DialectRule UnquotedValue { get; } = new("unquoted-value", "A value in a filter has no quotation marks.", EntraRequests);

    public static DialectRule ComparisonAfterValuePath { get; } =
        new("comparison-after-value-path", "A comparison that follows a value filter is read as part of it.", EntraRequests);

    public static DialectRule UnqualifiedAttribute { get; } =
        new("unqualified-attribute", "A filter names an attribute of an extension, such as manager, without its URN.", EntraRequests);

    public static IReadOnlyList<DialectRule> All { get; } =
    [
        StringBoolean,
        NumberAsText,
        ListAsText,
        ListForSingleValue,
        SingleValueForList,
        TextForComplexValue,
        JsonInText,
        EmptyTextForComplexValue,
        EmptyValue,
        LetterCase,
        CanonicalSpelling,
        FlatName,
        LegacySchema,
        MissingSchemas,
        UndeclaredExtension,
        UnknownAttribute,
        ReadOnlyAttribute,
        PasswordNotKept,
        DuplicateValue,
        KeptOnReplace,
        OperationLetterCase,
        MissingPatchSchemas,
        RemoveWithValue,
        CreatedByFilter,
        UnknownSchemaInPath,
        UnquotedValue,
        ComparisonAfterValuePath,
        UnqualifiedAttribute,
    ];
}
