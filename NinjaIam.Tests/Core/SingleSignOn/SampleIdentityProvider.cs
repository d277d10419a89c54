using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>What a sample response is made of. Everything has the value that is right, unless a test says otherwise.</summary>
public sealed record SampleResponse
{
    public string ResponseId { get; init; } = "_r" + RandomNumberGenerator.GetHexString(32, lowercase: true);
    public string AssertionId { get; init; } = "_a" + RandomNumberGenerator.GetHexString(32, lowercase: true);
    public required string Issuer { get; init; }
    public required string Audience { get; init; }
    public required string ReplyUrl { get; init; }
    public string? Recipient { get; init; }
    public string? Destination { get; init; }
    public string? InResponseTo { get; init; }
    public string NameId { get; init; } = "eve@contoso.com";
    public string NameIdFormat { get; init; } = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    public required DateTimeOffset Now { get; init; }
    public TimeSpan Age { get; init; } = TimeSpan.Zero;
    public TimeSpan Lasts { get; init; } = TimeSpan.FromMinutes(5);
    public string Attributes { get; init; } =
        """<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>eve@contoso.com</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>""";
    public bool SignsResponse { get; init; } = true;
    public bool SignsAssertion { get; init; } = true;

    private string Instant(TimeSpan from) => (Now - Age + from).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null);

    private string AnswerTo => InResponseTo is null ? "" : $" InResponseTo=\"{InResponseTo}\"";

    public string AssertionXml =>
        $"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{AssertionId}" Version="2.0" IssueInstant="{Instant(TimeSpan.Zero)}"><saml:Issuer>{Issuer}</saml:Issuer><saml:Subject><saml:NameID Format="{NameIdFormat}">{NameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData{AnswerTo} NotOnOrAfter="{Instant(Lasts)}" Recipient="{Recipient ?? ReplyUrl}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{Instant(-TimeSpan.FromMinutes(1))}" NotOnOrAfter="{Instant(Lasts)}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{Instant(TimeSpan.Zero)}" SessionIndex="{AssertionId}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>{Attributes}</saml:Assertion>""";

    public string Xml =>
        $"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ResponseId}" Version="2.0" IssueInstant="{Instant(TimeSpan.Zero)}" Destination="{Destination ?? ReplyUrl}"{AnswerTo}><saml:Issuer>{Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{AssertionXml}</samlp:Response>""";
}

/// <summary>An identity provider of the tests: it has a key and signs whatever it is given.</summary>
public sealed class SampleIdentityProvider : IDisposable
{
    public const string EntityId = "https://idp.example.com/entity";
    public const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    public const string Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
    public const string Dsig = "http://www.w3.org/2000/09/xmldsig#";

    private readonly RSA _key = RSA.Create(2048);

    public SampleIdentityProvider(DateTimeOffset from, DateTimeOffset until)
    {
        var request = new CertificateRequest("CN=idp.example.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Certificate = request.CreateSelfSigned(from, until);
    }

    public X509Certificate2 Certificate { get; }

    public RSA Key => _key;

    public ImportedMetadata Metadata(bool wantsSignedRequests = false) =>
        new(EntityId, "https://idp.example.com/sign-in", SignInBinding.HttpRedirect, wantsSignedRequests, [Certificate.RawData], Url: null);

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>The response with the signatures that it asks for.</summary>
    public XmlDocument Respond(SampleResponse response)
    {
        var document = Load(response.Xml);
        if (response.SignsAssertion)
        {
            Sign(AssertionOf(document));
        }

        if (response.SignsResponse)
        {
            Sign(document.DocumentElement!);
        }

        return document;
    }

    /// <summary>Signs an element as SAML has it: right after its Issuer.</summary>
    public XmlElement Sign(
        XmlElement element,
        RSA? key = null,
        string method = SignedXml.XmlDsigRSASHA256Url,
        string digest = SignedXml.XmlDsigSHA256Url,
        string canonicalization = SignedXml.XmlDsigExcC14NTransformUrl,
        Transform? transform = null,
        string? uri = null
    )
    {
        var reference = new Reference(uri ?? "#" + element.GetAttribute("ID")) { DigestMethod = digest };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(transform ?? new XmlDsigExcC14NTransform());
        var information = new KeyInfo();
        information.AddClause(new KeyInfoX509Data(Certificate.RawData));
        var signed = new SignedXml(element) { SigningKey = key ?? _key, KeyInfo = information };
        signed.SignedInfo!.CanonicalizationMethod = canonicalization;
        signed.SignedInfo.SignatureMethod = method;
        signed.AddReference(reference);
        signed.ComputeSignature();
        var signature = (XmlElement)element.OwnerDocument.ImportNode(signed.GetXml(), deep: true);
        var issuer = element.ChildNodes.OfType<XmlElement>().First(child => child.LocalName == "Issuer");
        return (XmlElement)element.InsertAfter(signature, issuer)!;
    }

    public static XmlDocument Load(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(xml);
        return document;
    }

    public static XmlElement AssertionOf(XmlDocument document) => (XmlElement)document.GetElementsByTagName("Assertion", Assertion)[0]!;

    public static XmlElement SignatureOf(XmlElement element) =>
        element.ChildNodes.OfType<XmlElement>().First(child => child.LocalName == "Signature");

    public static string Encode(XmlDocument document) => Encode(document.OuterXml);

    public static string Encode(string xml) => Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));
}
