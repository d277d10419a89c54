using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>
/// The signature of one element, by XML Signature 1.1 in the one form that SAML 2.0 Core, section 5.4, leaves: enveloped, one reference to
/// the element around it, exclusive canonicalization. Everything else is refused, whatever it means. The key never comes from the message.
/// </summary>
internal sealed class XmlSignature
{
    private const int LongestPrefixes = 256;

    private static readonly Dictionary<string, (HashAlgorithmName Hash, bool IsRsa)> Methods = new(StringComparer.Ordinal)
    {
        [SamlNames.RsaSha256] = (HashAlgorithmName.SHA256, true),
        ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"] = (HashAlgorithmName.SHA384, true),
        ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"] = (HashAlgorithmName.SHA512, true),
        ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"] = (HashAlgorithmName.SHA256, false),
        ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"] = (HashAlgorithmName.SHA384, false),
        ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"] = (HashAlgorithmName.SHA512, false),
    };

    private static readonly Dictionary<string, HashAlgorithmName> Digests = new(StringComparer.Ordinal)
    {
        ["http://www.w3.org/2001/04/xmlenc#sha256"] = HashAlgorithmName.SHA256,
        ["http://www.w3.org/2001/04/xmldsig-more#sha384"] = HashAlgorithmName.SHA384,
        ["http://www.w3.org/2001/04/xmlenc#sha512"] = HashAlgorithmName.SHA512,
    };

    private readonly XmlElement _element;
    private readonly XmlElement _signature;
    private XmlElement _signedInfo = null!;
    private string? _infoPrefixes;
    private string? _prefixes;
    private (HashAlgorithmName Hash, bool IsRsa) _method;
    private HashAlgorithmName _digestMethod;
    private byte[] _digest = [];
    private byte[] _value = [];

    /// <param name="element">What has to be signed.</param>
    /// <param name="signature">The signature that stands directly in it.</param>
    public XmlSignature(XmlElement element, XmlElement signature) => (_element, _signature) = (element, signature);

    /// <summary>
    /// Checks it, and hands out the element as it was signed: read again from the very bytes that were digested, so that nothing which
    /// was not signed can be read from it.
    /// </summary>
    public SamlRefusal? Verify(IReadOnlyList<SigningCertificate> certificates, DateTimeOffset now, TimeSpan skew, out XmlElement? signed)
    {
        signed = null;
        if (ReadShape() is { } refusal)
        {
            return refusal;
        }

        var content = Canonical(_element, _signature, _prefixes);
        if (!CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(_digestMethod, content), _digest))
        {
            return Refuse(
                SamlReason.DigestWrong,
                $"The {_element.LocalName} is not what was signed: it was changed on its way, or the digest is wrong."
            );
        }

        var information = Canonical(_signedInfo, without: null, _infoPrefixes);
        var signers = certificates.Where(certificate => IsSignedBy(certificate, information)).ToList();
        if (signers.Count == 0)
        {
            return Refuse(
                SamlReason.SignatureWrong,
                "No certificate of the imported metadata belongs to this signature. Import the identity provider's metadata again."
            );
        }

        if (!signers.Exists(certificate => certificate.NotBefore - skew <= now && now - skew < certificate.NotAfter))
        {
            return Refuse(
                SamlReason.KeyExpired,
                $"The certificate of this signature is valid until {signers[0].NotAfter:yyyy-MM-dd HH:mm} UTC only. Renew it at the identity provider and import its metadata again."
            );
        }

        if (
            !SamlXml.TryRead(content, out var read, out refusal)
            || !read.Is(_element.NamespaceURI, _element.LocalName)
            || read.Value("ID") != _element.Value("ID")
        )
        {
            return refusal ?? Refuse(SamlReason.SignatureReference, "What was signed is not the element that the signature stands in.");
        }

        signed = read;
        return null;
    }

    /// <summary>Section 5.4 of SAML 2.0 Core and nothing more, before anything is computed.</summary>
    private SamlRefusal? ReadShape()
    {
        var parts = _signature.Children();
        if (
            parts.Count is < 2 or > 3
            || _signature.HasOwnText()
            || !parts[0].Is(SamlNames.Signature, "SignedInfo")
            || !parts[1].Is(SamlNames.Signature, "SignatureValue")
            || (parts.Count == 3 && !parts[2].Is(SamlNames.Signature, "KeyInfo"))
        )
        {
            return Refuse(SamlReason.SignatureShape, "A signature holds something other than SignedInfo, SignatureValue and KeyInfo.");
        }

        _signedInfo = parts[0];
        var information = _signedInfo.Children();
        if (
            information.Count < 3
            || _signedInfo.HasOwnText()
            || !information[0].Is(SamlNames.Signature, "CanonicalizationMethod")
            || !information[1].Is(SamlNames.Signature, "SignatureMethod")
            || !information.Skip(2).All(part => part.Is(SamlNames.Signature, "Reference"))
        )
        {
            return Refuse(SamlReason.SignatureShape, "The SignedInfo of a signature does not have the parts that it must have.");
        }

        if (information.Count != 3)
        {
            return Refuse(SamlReason.SignatureReference, "A signature refers to more than one thing.");
        }

        return ReadMethods(information[0], information[1], parts[1]) ?? ReadReference(information[2]);
    }

    private SamlRefusal? ReadMethods(XmlElement canonicalization, XmlElement method, XmlElement value)
    {
        if (!IsExclusive(canonicalization, out _infoPrefixes))
        {
            return Refuse(
                SamlReason.SignatureTransform,
                $"A signature uses the canonicalization {SamlRefusal.Quote(canonicalization.Value("Algorithm"))}. Only exclusive canonicalization without comments is accepted."
            );
        }

        if (method.HasChildNodes || !Methods.TryGetValue(method.Value("Algorithm") ?? "", out _method))
        {
            return Refuse(
                SamlReason.SignatureAlgorithm,
                $"A signature uses the algorithm {SamlRefusal.Quote(method.Value("Algorithm"))}. Set the identity provider to sign with RSA or ECDSA and SHA-256."
            );
        }

        return TryDecode(value, out _value) ? null : Refuse(SamlReason.SignatureShape, "The value of a signature is not base64.");
    }

    private SamlRefusal? ReadReference(XmlElement reference)
    {
        var id = _element.Value("ID");
        if (string.IsNullOrEmpty(id) || reference.Value("URI") != "#" + id)
        {
            return Refuse(
                SamlReason.SignatureReference,
                $"A signature refers to {SamlRefusal.Quote(reference.Value("URI"))} and not to the {_element.LocalName} that it stands in."
            );
        }

        var parts = reference.Children();
        if (
            parts.Count != 3
            || reference.HasOwnText()
            || !parts[0].Is(SamlNames.Signature, "Transforms")
            || !parts[1].Is(SamlNames.Signature, "DigestMethod")
            || !parts[2].Is(SamlNames.Signature, "DigestValue")
        )
        {
            return Refuse(SamlReason.SignatureShape, "The Reference of a signature does not have the parts that it must have.");
        }

        var transforms = parts[0].Children();
        if (
            transforms.Count != 2
            || parts[0].HasOwnText()
            || !transforms.TrueForAll(transform => transform.Is(SamlNames.Signature, "Transform"))
            || transforms[0].HasChildNodes
            || transforms[0].Value("Algorithm") != SamlNames.Enveloped
            || !IsExclusive(transforms[1], out _prefixes)
        )
        {
            return Refuse(
                SamlReason.SignatureTransform,
                "A signature uses other transforms than enveloped-signature followed by exclusive canonicalization without comments."
            );
        }

        if (parts[1].HasChildNodes || !Digests.TryGetValue(parts[1].Value("Algorithm") ?? "", out _digestMethod))
        {
            return Refuse(
                SamlReason.SignatureAlgorithm,
                $"A signature uses the digest {SamlRefusal.Quote(parts[1].Value("Algorithm"))}. Set the identity provider to SHA-256."
            );
        }

        return TryDecode(parts[2], out _digest) ? null : Refuse(SamlReason.SignatureShape, "The digest of a signature is not base64.");
    }

    /// <summary>Whether a method is exclusive canonicalization, with at most a list of prefixes that it treats inclusively.</summary>
    private static bool IsExclusive(XmlElement method, out string? prefixes)
    {
        prefixes = null;
        var children = method.Children();
        if (method.Value("Algorithm") != SamlNames.ExclusiveForm || method.HasOwnText() || children.Count > 1)
        {
            return false;
        }

        if (children.Count == 1)
        {
            prefixes = children[0].Value("PrefixList");
            return children[0].Is(SamlNames.ExclusiveForm, "InclusiveNamespaces")
                && !children[0].HasChildNodes
                && prefixes is { Length: <= LongestPrefixes };
        }

        return true;
    }

    /// <summary>The exclusive canonical form of an element, in the scope of what stands around it.</summary>
    /// <param name="without">A child that is left out.</param>
    private static byte[] Canonical(XmlElement element, XmlElement? without, string? prefixes)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var copy = (XmlElement)document.ImportNode(element, deep: true);
        document.AppendChild(copy);
        if (without is not null)
        {
            copy.RemoveChild(copy.Children()[element.Children().IndexOf(without)]);
        }

        for (var node = element.ParentNode; node is XmlElement around; node = node.ParentNode)
        {
            foreach (XmlAttribute attribute in around.Attributes)
            {
                if (attribute.NamespaceURI == SamlNames.Namespaces && !copy.HasAttribute(attribute.Name))
                {
                    copy.Attributes.Append((XmlAttribute)document.ImportNode(attribute, deep: true));
                }
            }
        }

        var transform = new XmlDsigExcC14NTransform(includeComments: false, prefixes);
        transform.LoadInput(document);
        using var output = (MemoryStream)transform.GetOutput(typeof(Stream));
        return output.ToArray();
    }

    private bool IsSignedBy(SigningCertificate stored, byte[] information)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(stored.Der);
            if (_method.IsRsa)
            {
                using var rsa = certificate.GetRSAPublicKey();
                return rsa?.VerifyData(information, _value, _method.Hash, RSASignaturePadding.Pkcs1) == true;
            }

            using var curve = certificate.GetECDsaPublicKey();
            return curve?.VerifyData(information, _value, _method.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) == true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool TryDecode(XmlElement element, out byte[] bytes)
    {
        bytes = [];
        if (element.OnlyText() is not { Length: > 0 } text)
        {
            return false;
        }

        try
        {
            bytes = Convert.FromBase64String(text);
            return bytes.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static SamlRefusal Refuse(string reason, string detail) => new(SamlCheck.Signature, reason, detail);
}
