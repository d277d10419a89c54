using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>
/// The request that sends a browser to its identity provider, by the HTTP-Redirect or the HTTP-POST binding (Bindings, sections 3.4 and 3.5).
/// </summary>
internal static class AuthenticationRequest
{
    /// <summary>A new identifier: an NCName with 160 random bits.</summary>
    public static string NewId() => "_" + RandomNumberGenerator.GetHexString(40, lowercase: true);

    /// <param name="signer">Signs the address; null when the provider does not ask for it.</param>
    public static SignOnRequest.Redirect RedirectTo(SignOnProvider provider, string id, DateTimeOffset now, X509Certificate2? signer)
    {
        var target = provider.Saml!.SignInUrl;
        var query = $"SAMLRequest={Uri.EscapeDataString(Pack(Xml(provider, id, now)))}&RelayState={Uri.EscapeDataString(id)}";
        if (signer is not null)
        {
            query += $"&SigAlg={Uri.EscapeDataString(SamlNames.RsaSha256)}";
            using var key = signer.GetRSAPrivateKey()!;
            var signature = key.SignData(Encoding.ASCII.GetBytes(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            query += $"&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}";
        }

        return new SignOnRequest.Redirect(new Uri($"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}"));
    }

    /// <param name="signer">Signs the request; null when the provider does not ask for it.</param>
    public static SignOnRequest.Post PostTo(SignOnProvider provider, string id, DateTimeOffset now, X509Certificate2? signer)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(Xml(provider, id, now));
        var request = document.DocumentElement!;
        if (signer is not null)
        {
            // Core, section 3.2.1: right after the Issuer.
            OwnSignature.Add(request, signer, request.FirstChild);
        }

        return new SignOnRequest.Post(
            new Uri(provider.Saml!.SignInUrl),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(document.OuterXml)),
            RelayState: id
        );
    }

    private static string Xml(SignOnProvider provider, string id, DateTimeOffset now)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("samlp", "AuthnRequest", SamlNames.Protocol);
            writer.WriteAttributeString("ID", id);
            writer.WriteAttributeString("Version", "2.0");
            writer.WriteAttributeString("IssueInstant", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            writer.WriteAttributeString("Destination", provider.Saml!.SignInUrl);
            writer.WriteAttributeString("AssertionConsumerServiceURL", provider.ReplyUrl);
            writer.WriteAttributeString("ProtocolBinding", SamlNames.PostBinding);
            writer.WriteElementString("saml", "Issuer", SamlNames.Assertion, provider.EntityId);
            writer.WriteEndElement();
        }

        return text.ToString();
    }

    private static string Pack(string xml)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(xml));
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
