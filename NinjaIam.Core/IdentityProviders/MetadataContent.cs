using System.Security.Cryptography;
using System.Text.Json;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Core.Journal;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>Compares what metadata says, whatever its document looks like: most identity providers write a new one each time they are asked.</summary>
internal static class MetadataContent
{
    /// <summary>SHA-256 in hexadecimal over everything that is kept of metadata. The order of its keys means nothing.</summary>
    public static string DigestOf(ImportedMetadata metadata) =>
        DigestOf(
            metadata.EntityId,
            metadata.SignInUrl,
            metadata.SignInBinding,
            metadata.WantsSignedRequests,
            metadata.ReadCertificates().Select(certificate => certificate.Fingerprint)
        );

    /// <summary>The same over what is saved.</summary>
    public static string DigestOf(SamlSettings saml, IEnumerable<SigningCertificate> certificates) =>
        DigestOf(
            saml.EntityId,
            saml.SignInUrl,
            saml.SignInBinding,
            saml.WantsSignedRequests,
            certificates.Select(certificate => certificate.Fingerprint)
        );

    /// <summary>What replacing the saved metadata changes, for the journal.</summary>
    public static List<ChangedValue> Changes(SamlSettings? saml, IEnumerable<SigningCertificate> certificates, ImportedMetadata metadata)
    {
        var changes = new List<ChangedValue>();
        Note("entityId", saml?.EntityId, metadata.EntityId);
        Note("signInUrl", saml?.SignInUrl, metadata.SignInUrl);
        Note("signInBinding", saml?.SignInBinding.ToString(), metadata.SignInBinding.ToString());
        Note("wantsSignedRequests", saml is null ? null : Text(saml.WantsSignedRequests), Text(metadata.WantsSignedRequests));
        Note(
            "signingCertificates",
            saml is null ? null : Text(certificates.Select(certificate => certificate.Fingerprint)),
            Text(metadata.ReadCertificates().Select(certificate => certificate.Fingerprint))
        );
        return changes;

        void Note(string name, string? before, string? after)
        {
            if (before != after)
            {
                changes.Add(new ChangedValue(name, before, after));
            }
        }
    }

    public static string ToJson(ImportedMetadata metadata) => JsonSerializer.Serialize(metadata);

    public static ImportedMetadata FromJson(string json) =>
        JsonSerializer.Deserialize<ImportedMetadata>(json) ?? throw new InvalidOperationException("Stored metadata is empty.");

    private static string DigestOf(
        string entityId,
        string signInUrl,
        SignInBinding binding,
        bool wantsSignedRequests,
        IEnumerable<string> fingerprints
    )
    {
        string[] parts =
        [
            entityId,
            signInUrl,
            binding.ToString(),
            Text(wantsSignedRequests),
            .. fingerprints.Order(StringComparer.Ordinal),
        ];
        // As JSON, so that no part can run into the next one.
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
    }

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string Text(IEnumerable<string> fingerprints) => string.Join(", ", fingerprints.Order(StringComparer.Ordinal));
}
