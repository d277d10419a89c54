using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NinjaIam.Tests.Core.IdentityProviders.Metadata;

/// <summary>Metadata in the shapes identity providers publish it, with certificates made for the test.</summary>
internal static class SampleMetadata
{
    public const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    public const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
    public const string Post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 Certificate(string name = "CN=signing", int bits = 2048)
    {
        using var key = RSA.Create(bits);
        return new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            Now.AddDays(-1),
            Now.AddDays(340)
        );
    }

    public static string Key(X509Certificate2 certificate, string? use = "signing") =>
        $"""<KeyDescriptor{(use is null ? "" : $" use=\"{use}\"")}><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{Convert.ToBase64String(certificate.RawData, Base64FormattingOptions.InsertLineBreaks)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>""";

    public static string Service(string binding, string url) => $"""<SingleSignOnService Binding="{binding}" Location="{url}"/>""";

    public static string Idp(string content, string attributes = "") =>
        $"""<IDPSSODescriptor protocolSupportEnumeration="{Protocol}" {attributes}>{content}</IDPSSODescriptor>""";

    public static string Entity(string content, string id = "https://idp.contoso.com", string attributes = "") =>
        $"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{id}" {attributes}>{content}</EntityDescriptor>""";

    public static string Entra(X509Certificate2 current, X509Certificate2 next) =>
        "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>"
        + Entity(
            "<RoleDescriptor xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:fed=\"http://docs.oasis-open.org/wsfed/federation/200706\" "
                + "xsi:type=\"fed:SecurityTokenServiceType\" protocolSupportEnumeration=\"http://docs.oasis-open.org/wsfed/federation/200706\">"
                + Key(current)
                + "</RoleDescriptor>"
                + Idp(
                    Key(current)
                        + Key(next)
                        + Service(Redirect, "https://login.example.com/tenant/saml2")
                        + Service(Post, "https://login.example.com/tenant/saml2")
                ),
            "https://sts.example.net/tenant/"
        );

    public static string Okta(X509Certificate2 certificate) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        + Entity(
            Idp(
                Key(certificate)
                    + "<NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>"
                    + Service(Post, "https://contoso.okta.example/app/sso/saml")
                    + Service(Redirect, "https://contoso.okta.example/app/sso/saml/redirect"),
                "WantAuthnRequestsSigned=\"false\""
            ),
            "http://www.okta.example/exk1"
        );

    public static string Google(X509Certificate2 certificate) =>
        Entity(
            Idp(
                Key(certificate) + Service(Post, "https://accounts.google.example/o/saml2/idp?idpid=C01"),
                "WantAuthnRequestsSigned=\"false\""
            ),
            "https://accounts.google.example/o/saml2?idpid=C01",
            "validUntil=\"2031-01-01T00:00:00.000Z\""
        );

    public static string Keycloak(X509Certificate2 certificate) =>
        "<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" Name=\"urn:keycloak\">"
        + Entity(
            Idp(
                Key(certificate, use: null)
                    + Service(Post, "https://keycloak.example/realms/contoso/protocol/saml")
                    + Service(Redirect, "https://keycloak.example/realms/contoso/protocol/saml"),
                "WantAuthnRequestsSigned=\"true\""
            ),
            "https://keycloak.example/realms/contoso"
        )
        + "</EntitiesDescriptor>";
}
