using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>Our SAML metadata towards one provider (SAML 2.0 Metadata, section 2.4.4), signed.</summary>
internal static class ServiceProviderMetadata
{
    public const string MediaType = "application/samlmetadata+xml";

    /// <param name="replyUrls">The first one is the default.</param>
    public static byte[] Create(string entityId, IReadOnlyList<string> replyUrls, bool signsRequests, X509Certificate2 certificate)
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
        key.AppendChild(document.ImportNode(OwnSignature.KeyOf(certificate).GetXml(), deep: true));
        Add(role, "NameIDFormat").InnerText = SamlNames.EmailFormat;
        for (var index = 0; index < replyUrls.Count; index++)
        {
            var reply = Add(role, "AssertionConsumerService");
            reply.SetAttribute("Binding", SamlNames.PostBinding);
            reply.SetAttribute("Location", replyUrls[index]);
            reply.SetAttribute("index", index.ToString(CultureInfo.InvariantCulture));
            reply.SetAttribute("isDefault", index == 0 ? "true" : "false");
        }

        OwnSignature.Add(entity, certificate, after: null);
        using var stream = new MemoryStream();
        document.Save(stream);
        return stream.ToArray();
    }

    private static XmlElement Add(XmlNode parent, string name)
    {
        var document = parent as XmlDocument ?? parent.OwnerDocument!;
        return (XmlElement)parent.AppendChild(document.CreateElement("md", name, SamlNames.Metadata))!;
    }
}
