using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Tests.Conformance;
using Xunit;
using static NinjaIam.Tests.Core.IdentityProviders.Metadata.SampleMetadata;

namespace NinjaIam.Tests.Core.IdentityProviders.Metadata;

public sealed class SamlMetadataReaderTests
{
    private static readonly X509Certificate2 First = Certificate("CN=first");
    private static readonly X509Certificate2 Second = Certificate("CN=second");
    private static readonly string Usable = Key(First) + Service(Redirect, "https://idp.contoso.com/sso");

    private readonly SamlMetadataReader _reader = new(new FakeTimeProvider(Now));

    [Fact]
    public void Entra_metadata_gives_both_certificates_once_and_the_redirect_binding()
    {
        var metadata = Read(Encoding.UTF8.GetBytes(Entra(First, Second)));

        Assert.Equal("https://sts.example.net/tenant/", metadata.EntityId);
        Assert.Equal("https://login.example.com/tenant/saml2", metadata.SignInUrl.AbsoluteUri);
        Assert.Equal(SignInBinding.HttpRedirect, metadata.Binding);
        Assert.Equal(["CN=first", "CN=second"], metadata.SigningCertificates.Select(certificate => certificate.Subject));
    }

    [Fact]
    public void Okta_metadata_prefers_redirect_over_post()
    {
        var metadata = Read(Okta(First));

        Assert.Equal("https://contoso.okta.example/app/sso/saml/redirect", metadata.SignInUrl.AbsoluteUri);
        Assert.False(metadata.WantAuthnRequestsSigned);
    }

    [Fact]
    public void Google_metadata_falls_back_to_post_and_keeps_its_end_of_validity()
    {
        var metadata = Read(Google(First));

        Assert.Equal(SignInBinding.HttpPost, metadata.Binding);
        Assert.Equal(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), metadata.ValidUntil);
    }

    [Fact]
    public void Keycloak_metadata_inside_a_group_with_a_key_for_every_use_is_read()
    {
        var metadata = Read(Keycloak(First));

        Assert.Equal("https://keycloak.example/realms/contoso", metadata.EntityId);
        Assert.True(metadata.WantAuthnRequestsSigned);
        Assert.Single(metadata.SigningCertificates);
    }

    [Fact]
    public void A_certificate_shows_fingerprint_subject_validity_and_its_bytes()
    {
        var certificate = Assert.Single(Read(Okta(First)).SigningCertificates);

        Assert.Equal(BitConverter.ToString(SHA256.HashData(First.RawData)).Replace('-', ':'), certificate.Fingerprint);
        Assert.Equal(Now.AddDays(-1), certificate.NotBefore);
        Assert.Equal(Now.AddDays(340), certificate.NotAfter);
        Assert.Equal(TimeSpan.Zero, certificate.NotAfter.Offset);
        Assert.Equal(First.RawData, certificate.Der.ToArray());
        Assert.Equal(certificate, MetadataCertificate.Load(First.RawData));
    }

    [Fact]
    public void Certificates_for_encryption_are_left_out_and_repeated_ones_collapse()
    {
        var metadata = Read(Entity(Idp(Key(Second, "encryption") + Key(First) + Usable)));

        Assert.Equal("CN=first", Assert.Single(metadata.SigningCertificates).Subject);
    }

    [Fact]
    public void The_authority_beside_a_signing_certificate_is_not_trusted_to_sign()
    {
        using var authorityKey = RSA.Create(2048);
        var authorityRequest = new CertificateRequest("CN=authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(10));
        using var leafKey = RSA.Create(2048);
        using var leaf = new CertificateRequest("CN=leaf", leafKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Create(
            authority,
            Now.AddDays(-1),
            Now.AddDays(9),
            [1]
        );
        var keys = Key(leaf)
            .Replace(
                "</X509Data>",
                $"<X509Certificate>{Convert.ToBase64String(authority.RawData)}</X509Certificate></X509Data>",
                StringComparison.Ordinal
            );

        var metadata = Read(Entity(Idp(keys + Service(Redirect, "https://idp.contoso.com/sso"))));

        Assert.Equal("CN=leaf", Assert.Single(metadata.SigningCertificates).Subject);
    }

    [Fact]
    public void Pasted_text_may_declare_another_encoding_than_it_arrives_in() =>
        Assert.Equal("https://idp.contoso.com", Read("\n <?xml version=\"1.0\" encoding=\"utf-16\"?>" + Entity(Idp(Usable))).EntityId);

    [Fact]
    public void Plain_http_is_accepted_on_the_own_machine() =>
        Assert.Equal("localhost", Read(Entity(Idp(Key(First) + Service(Post, "http://localhost:8080/sso")))).SignInUrl.Host);

    [Fact]
    public async Task A_stream_is_read_up_to_the_limit_and_no_further()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(Okta(First) + new string(' ', SamlMetadataReader.MaxBytes)));

        var outcome = await _reader.ReadAsync(content, CancellationToken.None);

        Assert.Contains("larger than 1 MB", outcome.Match(_ => "read", refusal => refusal.Detail), StringComparison.Ordinal);
        Assert.Equal(SamlMetadataReader.MaxBytes + 1, content.Position);
    }

    public static TheoryData<string, string> Refusals =>
        new()
        {
            { "", "is empty" },
            { "<!DOCTYPE html><html><body>Sign in</body></html>", "web page" },
            { "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "web page" },
            { "{\"issuer\":\"https://idp.contoso.com\"}", "JSON" },
            { "-----BEGIN CERTIFICATE-----", "certificate or key" },
            { "https://idp.contoso.com/metadata", "Choose URL" },
            { "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + Entity(Idp(Usable) + "&e;"), "DOCTYPE" },
            { Entity(Idp(Usable))[..^5], "not well-formed" },
            { "<feed/>", "starts with \"feed\"" },
            { string.Concat(Enumerable.Repeat("<a>", 70)) + string.Concat(Enumerable.Repeat("</a>", 70)), "64 levels" },
            { Entity("<SPSSODescriptor/>"), "service provider" },
            { Entity(""), "no identity provider" },
            {
                "<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\">"
                    + Entity(Idp(Usable), "a")
                    + Entity(Idp(Usable), "b")
                    + "</EntitiesDescriptor>",
                "2 identity providers"
            },
            { Entity(Idp(Usable), ""), "entity ID" },
            { Entity(Idp(Usable).Replace(Protocol, "urn:oasis:names:tc:SAML:1.1:protocol", StringComparison.Ordinal)), "SAML 2.0" },
            { Entity(Idp(Usable) + Idp(Usable)), "2 SAML 2.0 descriptions" },
            { Entity(Idp(Usable), attributes: "validUntil=\"2026-02-28T00:00:00Z\""), "expired on 2026-02-28" },
            { Entity(Idp(Usable, "validUntil=\"2026-03-01T12:00:00\"")), "expired on 2026-03-01" },
            { Entity(Idp(Usable), attributes: "validUntil=\"soon\""), "not a date" },
            { Entity(Idp(Key(First))), "no sign-in URL" },
            { Entity(Idp(Key(First) + Service(Redirect, "http://idp.contoso.com/sso"))), "uses http" },
            { Entity(Idp(Key(First) + Service(Redirect, "javascript:alert(1)"))), "not a usable web address" },
            { Entity(Idp(Key(First) + Service(Redirect, "https://ada@idp.contoso.com/"))), "not a usable web address" },
            { Entity(Idp(Service(Redirect, "https://idp.contoso.com/sso"))), "no signing certificate" },
            { Entity(Idp(Usable.Replace("<X509Certificate>", "<X509Certificate>AAAA", StringComparison.Ordinal))), "cannot be read" },
            { Entity(Idp(Key(Certificate(bits: 1024)) + Usable)), "too weak" },
        };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    [Proves("asvs-1.5.1")]
    public void What_cannot_be_used_is_refused_with_its_reason(string document, string reason)
    {
        var pasted = _reader.Read(document).Match(_ => "read", refusal => refusal.Detail);
        var uploaded = _reader.Read(Encoding.UTF8.GetBytes(document)).Match(_ => "read", refusal => refusal.Detail);

        Assert.Contains(reason, pasted, StringComparison.Ordinal);
        Assert.Equal(pasted, uploaded);
    }

    private SamlMetadata Read(string text) =>
        _reader.Read(text).Match(metadata => metadata, refusal => throw new InvalidOperationException(refusal.Detail));

    private SamlMetadata Read(byte[] content) =>
        _reader.Read(content.AsMemory()).Match(metadata => metadata, refusal => throw new InvalidOperationException(refusal.Detail));
}
