using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;

namespace NinjaIam.Tests.Support;

/// <summary>Things that many tests need one of.</summary>
internal static class Samples
{
    /// <summary>A certificate with the given validity, in DER form.</summary>
    public static byte[] Certificate(DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=idp.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(notBefore, notAfter);
        return certificate.RawData;
    }

    /// <summary>Metadata whose one certificate is valid from a year ago until <paramref name="certificateEnds"/>.</summary>
    public static ImportedMetadata Metadata(DateTimeOffset certificateEnds) =>
        new(
            "https://idp.example.com/entity",
            "https://idp.example.com/sign-in",
            SignInBinding.HttpRedirect,
            WantsSignedRequests: false,
            [Certificate(certificateEnds.AddYears(-2), certificateEnds)],
            Url: null
        );

    public static ProviderInput Provider(string name = "Contoso", string domain = "contoso.com", Vendor vendor = Vendor.MicrosoftEntraId) =>
        new()
        {
            Vendor = vendor,
            DisplayName = name,
            Domains = [domain],
            OrganizationIds = [1],
            DefaultOrganizationId = 1,
        };
}
