using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.IdentityProviders.Metadata;

/// <summary>
/// Reads the SAML 2.0 metadata of one identity provider. A signature on the metadata is not checked: whoever supplies the document
/// vouches for it, which is why an administrator is shown what was read before it is saved.
/// </summary>
public sealed class SamlMetadataReader(TimeProvider clock)
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxDepth = 64;
    public const int MaxCertificates = 20;

    private const int MaxEntityIdLength = 1024;
    private const int MaxUrlLength = 2048;
    private const string Saml2Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    private const string Bindings = "urn:oasis:names:tc:SAML:2.0:bindings:";
    private const string TooLarge =
        "The metadata is larger than 1 MB. Import the metadata of this one application, not of a whole federation.";

    private static readonly XNamespace Md = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static readonly XNamespace Ds = "http://www.w3.org/2000/09/xmldsig#";

    public async Task<Outcome<SamlMetadata>> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes + 1];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Read(buffer.AsMemory(0, length));
    }

    /// <summary>For pasted text: an encoding declared inside it says nothing, since it was decoded on its way here.</summary>
    public Outcome<SamlMetadata> Read(string text)
    {
        if (text.Length > MaxBytes)
        {
            return Refuse(TooLarge);
        }

        var trimmed = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return Read(trimmed, settings => XmlReader.Create(new StringReader(trimmed), settings));
    }

    public Outcome<SamlMetadata> Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > MaxBytes)
        {
            return Refuse(TooLarge);
        }

        var trimmed = content.TrimStart(" \t\r\n"u8).ToArray();
        return Read(Decode(trimmed), settings => XmlReader.Create(new MemoryStream(trimmed), settings));
    }

    private Outcome<SamlMetadata> Read(string text, Func<XmlReaderSettings, XmlReader> open)
    {
        if (RecognizeForeignContent(text) is { } foreign)
        {
            return Refuse(foreign);
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxBytes,
        };
        try
        {
            // The depth is known before a tree is built.
            using (var probe = open(settings))
            {
                while (probe.Read())
                {
                    if (probe.Depth > MaxDepth)
                    {
                        return Refuse(
                            $"The metadata is nested more than {MaxDepth} levels deep. Download it again from the identity provider."
                        );
                    }
                }
            }

            using var reader = open(settings);
            return Read(XDocument.Load(reader).Root!);
        }
        catch (XmlException) when (text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(
                "The metadata contains a document type definition (DOCTYPE), which is never accepted. Remove it and import again."
            );
        }
        catch (XmlException exception)
        {
            return Refuse(
                $"The metadata is not well-formed XML (line {exception.LineNumber}, position {exception.LinePosition}). "
                    + "Download it again and import the file unchanged."
            );
        }
    }

    private Outcome<SamlMetadata> Read(XElement root)
    {
        if (root.Name.LocalName.Equals("html", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(WebPage);
        }

        if (root.Name != Md + "EntityDescriptor" && root.Name != Md + "EntitiesDescriptor")
        {
            return Refuse(
                $"The document is XML but not SAML metadata: it starts with \"{Shorten(root.Name.LocalName)}\" "
                    + "instead of \"EntityDescriptor\". Look for \"Federation metadata\" or \"IdP metadata\" in the identity provider's console."
            );
        }

        var entities = Entities(root).ToList();
        var identityProviders = entities.Where(entity => entity.Elements(Md + "IDPSSODescriptor").Any()).ToList();
        return identityProviders switch
        {
            [] when entities.Any(entity => entity.Elements(Md + "SPSSODescriptor").Any()) => Refuse(
                "This is the metadata of a service provider, not of an identity provider. "
                    + "Import the metadata that the identity provider offers for this application."
            ),
            [] => Refuse(
                "The metadata describes no identity provider (no IDPSSODescriptor). "
                    + "Import the metadata that the identity provider offers for this application."
            ),
            [var only] => ReadEntity(only),
            _ => Refuse(
                $"The metadata describes {identityProviders.Count} identity providers. "
                    + "Import the metadata of exactly one: keep its EntityDescriptor and remove the others."
            ),
        };
    }

    private Outcome<SamlMetadata> ReadEntity(XElement entity)
    {
        var entityId = entity.Attribute("entityID")?.Value.Trim();
        if (string.IsNullOrEmpty(entityId) || entityId.Length > MaxEntityIdLength)
        {
            return Refuse(
                $"The metadata has no usable entity ID (entityID, 1 to {MaxEntityIdLength} characters). "
                    + "Download it again from the identity provider."
            );
        }

        var roles = entity
            .Elements(Md + "IDPSSODescriptor")
            .Where(role => Words(role.Attribute("protocolSupportEnumeration")?.Value).Contains(Saml2Protocol))
            .ToList();
        if (roles.Count != 1)
        {
            return Refuse(
                roles.Count == 0
                    ? "The identity provider does not offer SAML 2.0 in this metadata. Set up a SAML 2.0 application there and import its metadata."
                    : $"The metadata holds {roles.Count} SAML 2.0 descriptions of the same identity provider. Remove all but one IDPSSODescriptor."
            );
        }

        return ReadValidity(roles[0])
            .Match(
                validUntil =>
                    ReadService(roles[0])
                        .Match(
                            service =>
                                ReadCertificates(roles[0])
                                    .Match<Outcome<SamlMetadata>>(
                                        certificates => new SamlMetadata(
                                            entityId,
                                            service.Url,
                                            service.Binding,
                                            roles[0].Attribute("WantAuthnRequestsSigned")?.Value.Trim() is "true" or "1",
                                            certificates,
                                            validUntil.At
                                        ),
                                        refusal => refusal
                                    ),
                            refusal => refusal
                        ),
                refusal => refusal
            );
    }

    /// <summary>An end of validity stands on the role, its entity or any group around it; the earliest one holds.</summary>
    private Outcome<Validity> ReadValidity(XElement role)
    {
        DateTimeOffset? earliest = null;
        foreach (var text in role.AncestorsAndSelf().Attributes("validUntil").Select(attribute => attribute.Value))
        {
            if (!TryReadTime(text, out var until))
            {
                return Refuse("The metadata's end of validity (validUntil) is not a date. Download it again from the identity provider.");
            }

            earliest = earliest is { } known && known < until ? known : until;
        }

        // The standard forbids using metadata past this moment, and its keys may have been withdrawn since.
        return earliest is { } end && end <= clock.GetUtcNow()
            ? Refuse($"The metadata expired on {end:yyyy-MM-dd} (validUntil). Download it again from the identity provider.")
            : new Validity(earliest);
    }

    private static Outcome<Service> ReadService(XElement role)
    {
        var services = role.Elements(Md + "SingleSignOnService").ToList();
        var redirect = services.Find(service => service.Attribute("Binding")?.Value == Bindings + "HTTP-Redirect");
        var chosen = redirect ?? services.Find(service => service.Attribute("Binding")?.Value == Bindings + "HTTP-POST");
        if (chosen is null)
        {
            return Refuse(
                "The metadata has no sign-in URL with the binding HTTP-Redirect or HTTP-POST. "
                    + "Turn one of them on at the identity provider and import its metadata again."
            );
        }

        var location = chosen.Attribute("Location")?.Value.Trim() ?? "";
        if (
            location.Length > MaxUrlLength
            || !Uri.TryCreate(location, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.UserInfo.Length > 0
        )
        {
            return Refuse(
                "The sign-in URL in the metadata is not a usable web address. Correct it at the identity provider and import its metadata again."
            );
        }

        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            return Refuse(
                $"The sign-in URL in the metadata ({url.Host}) uses http, so anybody on the way could read or change a sign-in. "
                    + "Set up https at the identity provider and import its metadata again."
            );
        }

        return new Service(url, redirect is null ? SignInBinding.HttpPost : SignInBinding.HttpRedirect);
    }

    private static Outcome<IReadOnlyList<MetadataCertificate>> ReadCertificates(XElement role)
    {
        var found = new List<MetadataCertificate>();
        var keys = role.Elements(Md + "KeyDescriptor").Where(key => key.Attribute("use")?.Value is null or "signing");
        foreach (var holder in keys.Elements(Ds + "KeyInfo").Elements(Ds + "X509Data"))
        {
            var chain = new List<X509Certificate2>();
            try
            {
                foreach (var text in holder.Elements(Ds + "X509Certificate").Take(MaxCertificates + 1))
                {
                    chain.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text.Value)));
                }

                if (chain.Exists(certificate => !HasStrongKey(certificate)))
                {
                    return Refuse(
                        "A signing certificate in the metadata has a key that is too weak. "
                            + "Renew it at the identity provider with RSA of at least 2048 bits or an elliptic curve of at least 256, and import again."
                    );
                }

                found.AddRange(chain.Where(certificate => !IssuedAnother(certificate, chain)).Select(MetadataCertificate.From));
            }
            catch (Exception exception) when (exception is FormatException or CryptographicException)
            {
                return Refuse("A signing certificate in the metadata cannot be read. Download the metadata again and import it unchanged.");
            }
            finally
            {
                chain.ForEach(certificate => certificate.Dispose());
            }

            if (found.Count > MaxCertificates)
            {
                return Refuse(
                    $"The metadata holds more than {MaxCertificates} signing certificates. Remove those no longer used at the identity provider."
                );
            }
        }

        return found.Count == 0
            ? Refuse(
                "The metadata has no signing certificate, so nobody could tell a genuine sign-in from a forged one. "
                    + "Add a signing certificate at the identity provider and import its metadata again."
            )
            : found.Distinct().ToList();
    }

    /// <summary>Beside the signing certificate a chain to its authority may stand; an authority's key must never count as a signing key.</summary>
    private static bool IssuedAnother(X509Certificate2 certificate, List<X509Certificate2> chain) =>
        chain.Exists(other => !IsSelfIssued(other) && other.IssuerName.RawData.AsSpan().SequenceEqual(certificate.SubjectName.RawData));

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(certificate.SubjectName.RawData);

    private static bool HasStrongKey(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var curve = rsa is null ? certificate.GetECDsaPublicKey() : null;
        return rsa?.KeySize >= 2048 || curve?.KeySize >= 256;
    }

    private static IEnumerable<XElement> Entities(XElement root) =>
        root.Name == Md + "EntityDescriptor" ? [root] : root.Elements().SelectMany(Entities);

    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        try
        {
            // A time without zone is UTC in SAML, whatever the machine's zone is.
            var read = XmlConvert.ToDateTime(text.Trim(), XmlDateTimeSerializationMode.RoundtripKind);
            time = new DateTimeOffset(
                read.Kind == DateTimeKind.Local ? read.ToUniversalTime() : DateTime.SpecifyKind(read, DateTimeKind.Utc)
            );
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            time = default;
            return false;
        }
    }

    private static string? RecognizeForeignContent(string text) =>
        text switch
        {
            "" => "The metadata is empty. Choose the file again or paste the whole document.",
            _ when text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                    || text.Contains("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase) => WebPage,
            _ when text[0] is '{' or '[' => "This is JSON, not SAML metadata. It may be the OpenID Connect configuration: "
                + "look for the SAML metadata (XML) in the identity provider's console.",
            _ when text.StartsWith("-----BEGIN", StringComparison.Ordinal) =>
                "This is a certificate or key, not SAML metadata. Import the metadata document, which contains the certificate.",
            _ when text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                    || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) =>
                "This is an address, not the metadata itself. Choose URL to import from an address.",
            _ => null,
        };

    private const string WebPage =
        "This is a web page (HTML), not SAML metadata; often it is the sign-in page of the console. "
        + "Use the address of the metadata itself, or download the file and import that.";

    private static string Decode(byte[] content)
    {
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string[] Words(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static Refusal Refuse(string detail) => new(RefusalKind.InvalidValue, detail);

    private sealed record Validity(DateTimeOffset? At);

    private sealed record Service(Uri Url, SignInBinding Binding);
}
