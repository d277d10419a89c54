using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>Signs what we send: enveloped, by exclusive canonicalization, with RSA and SHA-256.</summary>
internal static class OwnSignature
{
    /// <param name="element">Has an attribute ID.</param>
    /// <param name="after">The child that the signature follows; null to put it first.</param>
    public static void Add(XmlElement element, X509Certificate2 certificate, XmlNode? after)
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
        element.InsertAfter(element.OwnerDocument.ImportNode(signed.GetXml(), deep: true), after);
    }

    public static KeyInfo KeyOf(X509Certificate2 certificate)
    {
        var key = new KeyInfo();
        key.AddClause(new KeyInfoX509Data(certificate.RawData));
        return key;
    }
}
