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
        new(
            "string-boolean",
            "A boolean as a text, \"True\" or \"False\", in a body or in a filter.",
            "Microsoft Entra ID",
            "Read as the boolean.",
            EntraCompatibility
        );

    public static DialectRule NumberAsText { get; } =
        new(
            "number-as-text",
            "A number where the schema has a text.",
            "Clients whose mapping makes numbers of identifiers",
            "Stored as its digits.",
            "NinjaOne: organizationId is documented with numeric identifiers"
        );

    public static DialectRule ListAsText { get; } =
        new(
            "list-as-text",
            "A list where the schema has a text that names several things.",
            "Clients that map several organizations",
            "Joined by commas.",
            "NinjaOne: organizationId takes several identifiers"
        );

    public static DialectRule ListForSingleValue { get; } =
        new(
            "list-for-single-value",
            "A list of one value for an attribute that has one.",
            "Microsoft Entra ID",
            "Read as that value.",
            EntraRequests
        );

    public static DialectRule SingleValueForList { get; } =
        new(
            "single-value-for-list",
            "One value for an attribute that has several.",
            "Microsoft Entra ID",
            "Read as a list of it.",
            EntraRequests
        );

    public static DialectRule TextForComplexValue { get; } =
        new(
            "text-for-complex-value",
            "A text for a complex attribute, such as manager.",
            "Microsoft Entra ID",
            "Read as the sub-attribute value.",
            "SCIMple, issue 1242; scimitar, issue 48"
        );

    public static DialectRule JsonInText { get; } =
        new("json-in-text", "A text that holds JSON, such as the value of a role.", "Microsoft Entra ID", "Unwrapped.", EntraRequests);

    public static DialectRule EmptyTextForComplexValue { get; } =
        new(
            "empty-text-for-complex-value",
            "An empty text for a complex attribute, to end a manager.",
            "Microsoft Entra ID",
            "Read as no value.",
            EntraRequests
        );

    public static DialectRule EmptyValue { get; } =
        new("empty-value", "null or an empty list.", "Microsoft Entra ID, Okta and others", "Read as no value.", Rfc7643Unassigned);

    public static DialectRule LetterCase { get; } =
        new("letter-case", "A name with other capitals than the schema has.", "Any client", "Understood.", Rfc7644Attributes);

    public static DialectRule CanonicalSpelling { get; } =
        new(
            "canonical-spelling",
            "A value with other capitals than the allowed one.",
            "Clients with a constant in their mapping",
            "Stored in the spelling of the schema.",
            "NinjaOne: userType is technician or endUser"
        );

    public static DialectRule FlatName { get; } =
        new(
            "flat-name",
            "A key that is a path, such as name.givenName, or a URN with an attribute.",
            "Microsoft Entra ID with its flag",
            "Put into its place in the document.",
            EntraCompatibility
        );

    public static DialectRule LegacySchema { get; } =
        new(
            "legacy-schema",
            "A schema URN of another version or vendor, or a misspelled one.",
            "OneLogin, Google Workspace, Microsoft Entra ID",
            "Ignored, or read as the one of today.",
            "authentik, issue 11249; Snipe-IT, issue 12642"
        );

    public static DialectRule MissingSchemas { get; } =
        new(
            "missing-schemas",
            "A POST or PUT without schemas.",
            "Home-grown clients",
            "Read as if it named the schema of the endpoint.",
            "OneLogin and home-grown clients"
        );

    public static DialectRule UndeclaredExtension { get; } =
        new(
            "undeclared-extension",
            "Values of an extension that schemas does not name.",
            "Microsoft Entra ID",
            "Stored, and the extension is named in the answer.",
            EntraRequests
        );

    public static DialectRule UnknownAttribute { get; } =
        new(
            "unknown-attribute",
            "An attribute that the schema does not have.",
            "Any client",
            "Ignored, as long as something else in the request is understood.",
            "RFC 7644, section 3.3"
        );

    public static DialectRule ReadOnlyAttribute { get; } =
        new(
            "read-only-attribute",
            "A value for a read-only attribute, such as meta or the groups of a user.",
            "Okta, Microsoft Entra ID",
            "Ignored.",
            "RFC 7644, sections 3.3 and 3.5.1; ory/polis, issue 3136"
        );

    public static DialectRule PasswordNotKept { get; } =
        new(
            "password-not-kept",
            "A password.",
            "Okta",
            "Accepted and not kept: managed users sign in through their identity provider.",
            OktaProtocol
        );

    public static DialectRule DuplicateValue { get; } =
        new("duplicate-value", "The same value of the same type more than once.", "Any client", "Kept once.", "RFC 7643, section 2.4");

    public static DialectRule KeptOnReplace { get; } =
        new(
            "kept-on-replace",
            "A PUT that does not speak of active, of members or of a whole extension.",
            "Okta and PingFederate, which write with PUT",
            "Kept as it is.",
            $"RFC 7644, section 3.5.1; {OktaProtocol}"
        );

    public static DialectRule ReturningResource { get; } =
        new(
            "returning-resource",
            "A POST of somebody who is inactive or was deleted, or of a group that was deleted.",
            "Okta, and any client that assigns again",
            "Taken back under the old id.",
            "better-auth, issue 11111"
        );

    public static DialectRule OperationLetterCase { get; } =
        new(
            "operation-letter-case",
            "Add, Remove or Replace with a capital.",
            "Microsoft Entra ID",
            "Read in lower case.",
            EntraCompatibility
        );

    public static DialectRule MissingPatchSchemas { get; } =
        new(
            "missing-patch-schemas",
            "A PATCH without schemas within a bulk request.",
            "Clients that follow the examples of RFC 7644",
            "Read as a PatchOp.",
            "RFC 7644, section 3.7.3, and its erratum 5050"
        );

    public static DialectRule RemoveWithValue { get; } =
        new(
            "remove-with-value",
            "A remove that names in a value what to remove.",
            "Microsoft Entra ID, JumpCloud",
            "Removes just that. Without a value it clears the attribute.",
            EntraRequests
        );

    public static DialectRule CreatedByFilter { get; } =
        new(
            "created-by-filter",
            "An add or replace whose filter matches no value.",
            "Microsoft Entra ID",
            "A value is created that the filter describes; 400 noTarget where it describes none.",
            "SCIM-SDK, issue 416; scim-for-keycloak, issue 73"
        );

    public static DialectRule UnknownSchemaInPath { get; } =
        new(
            "unknown-schema-in-path",
            "A path below a URN that is not registered.",
            "Microsoft Entra ID with a mapping of its own",
            "Ignored, as long as another operation takes effect.",
            EntraRequests
        );

    public static DialectRule UnquotedValue { get; } =
        new("unquoted-value", "A value in a filter without quotation marks.", "Microsoft Entra ID", "Read as a text.", EntraRequests);

    public static DialectRule ComparisonAfterValuePath { get; } =
        new(
            "comparison-after-value-path",
            "A comparison behind a filter in brackets: emails[type eq \"work\"].value eq \"x\".",
            "Microsoft Entra ID",
            "Read as part of the filter in brackets.",
            EntraRequests
        );

    public static DialectRule UnqualifiedAttribute { get; } =
        new(
            "unqualified-attribute",
            "A filter on an attribute of an extension, such as manager, without its URN.",
            "Microsoft Entra ID",
            "Found in the extension.",
            EntraRequests
        );

    public static DialectRule ReferenceIsNoAddress { get; } =
        new(
            "reference-is-no-address",
            "A text that is no address where the schema has a reference.",
            "Microsoft Entra ID, and clients that put names there",
            "Stored as it came.",
            EntraRequests
        );

    public static DialectRule FlagBeforePath { get; } =
        new(
            "flag-before-path",
            "The flag aadOptscim062020 between the base URL and the path, as it is appended to the tenant URL.",
            "Microsoft Entra ID",
            "The path behind it is read as the path.",
            EntraCompatibility
        );

    public static DialectRule EmptyQueryPart { get; } =
        new(
            "empty-query-part",
            "An address that ends with & or ?, or has && in it.",
            "OneLogin",
            "Read as if the empty part was not there.",
            "authentik, issue 11249"
        );

    public static DialectRule MissingMediaType { get; } =
        new("missing-media-type", "A body without Content-Type.", "Home-grown clients", "Read as JSON.", "RFC 9110, section 8.3");

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
        ReturningResource,
        OperationLetterCase,
        MissingPatchSchemas,
        RemoveWithValue,
        CreatedByFilter,
        UnknownSchemaInPath,
        UnquotedValue,
        ComparisonAfterValuePath,
        UnqualifiedAttribute,
        ReferenceIsNoAddress,
        FlagBeforePath,
        EmptyQueryPart,
        MissingMediaType,
    ];
}
