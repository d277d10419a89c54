using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>Our SAML metadata towards one provider (SAML 2.0 Metadata, section 2.4.4), signed.</summary>
internal static class ServiceProviderMetadata
{
    public const string MediaType = "application/samlmetadata+xml";

    public static byte[] Create(string entityId, string replyUrl, bool signsRequests, X509Certificate2 certificate)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var entity = Add(document, "EntityDescriptor");
        entity.SetAttribute("entityID", entityId);
        entity.SetAttribute("ID", "_" + RandomNumberGenerator.GetHexString(32, lowercase: true));
        var role = Add(entity, "SPSSODescriptor");
        role.SetAttribute("AuthnRequestsSigned", signsRequests ? "true" : "false");
        role.SetAttribute("WantAssertionsSigned", "true");
        role.SetAttribute("protocolSupportEnumeration", SamlNames.Protocol);
        var key = Add(role, "KeyDescriptor");
        key.SetAttribute("use", "signing");
        key.AppendChild(document.ImportNode(KeyOf(certificate).GetXml(), deep: true));
        Add(role, "NameIDFormat").InnerText = SamlNames.EmailFormat;
        var reply = Add(role, "AssertionConsumerService");
        reply.SetAttribute("Binding", SamlNames.PostBinding);
        reply.SetAttribute("Location", replyUrl);
        reply.SetAttribute("index", "0");
        reply.SetAttribute("isDefault", "true");
        Sign(entity, certificate);
        using var stream = new MemoryStream();
        document.Save(stream);
        return stream.ToArray();
    }

    private static XmlElement Add(XmlNode parent, string name)
    {
        var document = parent as XmlDocument ?? parent.OwnerDocument!;
        return (XmlElement)parent.AppendChild(document.CreateElement("md", name, SamlNames.Metadata))!;
    }

    private static KeyInfo KeyOf(X509Certificate2 certificate)
    {
        var key = new KeyInfo();
        key.AddClause(new KeyInfoX509Data(certificate.RawData));
        return key;
    }

    private static void Sign(XmlElement element, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey();
        var reference = new Reference("#" + element.GetAttribute("ID")) { DigestMethod = SignedXml.XmlDsigSHA256Url };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        var signed = new SignedXml(element) { SigningKey = key, KeyInfo = KeyOf(certificate) };
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        signed.AddReference(reference);
        signed.ComputeSignature();
        element.PrependChild(element.OwnerDocument.ImportNode(signed.GetXml(), deep: true));
    }
}
