using System.Security.Cryptography.Xml;
using System.Xml;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>
/// Valid responses in the shapes that eight identity providers document or are known to send: their prefixes, order of parts, white space,
/// attributes, and what they sign. Made here, as a recorded one is valid for minutes only.
/// </summary>
internal static class VendorResponses
{
    public static IReadOnlyList<string> Vendors { get; } =
    ["Entra ID", "Okta", "Google", "OneLogin", "PingOne", "JumpCloud", "Duo", "Keycloak"];

    public static string Make(string vendor, SampleResponse sample, SampleIdentityProvider provider)
    {
        const string Format = "urn:oasis:names:tc:SAML:2.0:attrname-format:";
        var document = vendor switch
        {
            // Attributes before the sign-in, the assertion's own default namespace, NotBefore without skew.
            "Entra ID" => Sign(
                provider,
                Unprefixed(
                    sample with
                    {
                        Attributes =
                            """<saml:AttributeStatement><saml:Attribute Name="http://schemas.microsoft.com/identity/claims/tenantid"><saml:AttributeValue>5f2c</saml:AttributeValue></saml:Attribute><saml:Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"><saml:AttributeValue>eve@contoso.com</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>""",
                    },
                    attributesFirst: true
                ),
                response: false,
                assertion: true
            ),
            "Okta" => Sign(
                provider,
                Prefixed(sample with { Attributes = Typed("email", $"{Format}unspecified") }, "saml2p", "saml2"),
                response: true,
                assertion: true,
                prefixes: "xs"
            ),
            "Google" => Sign(
                provider,
                Prefixed(sample with { Attributes = Typed("department", $"{Format}basic") }, "saml2p", "saml2"),
                response: true,
                assertion: false
            ),
            "OneLogin" => Sign(provider, sample.Xml, response: false, assertion: true),
            "PingOne" => Sign(
                provider,
                sample.Xml.Replace(
                    "><saml:Issuer>",
                    "><saml:Issuer Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:entity\">",
                    StringComparison.Ordinal
                ),
                response: true,
                assertion: false
            ),
            "JumpCloud" => Sign(provider, Indented(sample.Xml), response: false, assertion: true),
            "Duo" => Sign(
                provider,
                sample.Xml.Replace("<saml:NameID ", "<saml:NameID SPNameQualifier=\"x\" ", StringComparison.Ordinal),
                response: true,
                assertion: true
            ),
            _ => Sign(
                provider,
                Unprefixed(
                    sample with
                    {
                        Attributes =
                            $"""<saml:AttributeStatement><saml:Attribute FriendlyName="email" Name="urn:oid:1.2.840.113549.1.9.1" NameFormat="{Format}uri"><saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">eve@contoso.com</saml:AttributeValue></saml:Attribute><saml:Attribute Name="Role"><saml:AttributeValue>offline_access</saml:AttributeValue><saml:AttributeValue>manage-account</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>""",
                    },
                    attributesFirst: false
                ),
                response: true,
                assertion: false
            ),
        };
        return document.OuterXml;
    }

    private static string Typed(string name, string format) =>
        $"""<saml:AttributeStatement><saml:Attribute Name="{name}" NameFormat="{format}"><saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">eve@contoso.com</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>""";

    private static string Prefixed(SampleResponse sample, string protocol, string assertion) =>
        sample
            .Xml.Replace("samlp:", protocol + ":", StringComparison.Ordinal)
            .Replace(":samlp=", ":" + protocol + "=", StringComparison.Ordinal)
            .Replace("saml:", assertion + ":", StringComparison.Ordinal)
            .Replace(":saml=", ":" + assertion + "=", StringComparison.Ordinal);

    /// <summary>The assertion declares its namespace as the default one.</summary>
    private static string Unprefixed(SampleResponse sample, bool attributesFirst)
    {
        var xml = sample.Xml;
        var start = xml.IndexOf("<saml:Assertion", StringComparison.Ordinal);
        var end = xml.IndexOf("</samlp:Response>", StringComparison.Ordinal);
        var assertion = xml[start..end]
            .Replace("saml:", "", StringComparison.Ordinal)
            .Replace("xmlns:saml=", "xmlns=", StringComparison.Ordinal);
        if (attributesFirst)
        {
            var at = assertion.IndexOf("<AuthnStatement", StringComparison.Ordinal);
            var attributes = assertion.IndexOf("<AttributeStatement", StringComparison.Ordinal);
            var after = assertion.IndexOf("</Assertion>", StringComparison.Ordinal);
            assertion = assertion[..at] + assertion[attributes..after] + assertion[at..attributes] + assertion[after..];
        }

        return xml[..start] + assertion + xml[end..];
    }

    private static string Indented(string xml) => xml.Replace("><", ">\n  <", StringComparison.Ordinal);

    private static XmlDsigExcC14NTransform Transform(string? prefixes) =>
        prefixes is null ? new XmlDsigExcC14NTransform() : new XmlDsigExcC14NTransform(prefixes);

    private static XmlDocument Sign(SampleIdentityProvider provider, string xml, bool response, bool assertion, string? prefixes = null)
    {
        var document = SampleIdentityProvider.Load(xml);
        if (assertion)
        {
            provider.Sign(SampleIdentityProvider.AssertionOf(document), transform: Transform(prefixes));
        }

        if (response)
        {
            provider.Sign(document.DocumentElement!, transform: Transform(prefixes));
        }

        return document;
    }
}
