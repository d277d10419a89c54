namespace NinjaIam.Tests.Support;

/// <summary>SAML metadata as an identity provider publishes it, with a real certificate.</summary>
internal static class SampleMetadata
{
    public const string EntityId = "https://idp.example.com/entity";

    public static string Xml(DateTimeOffset certificateEnds) =>
        $"""
            <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{EntityId}">
              <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                <KeyDescriptor use="signing">
                  <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
                    <X509Data>
                      <X509Certificate>{Convert.ToBase64String(
                Samples.Certificate(certificateEnds.AddYears(-2), certificateEnds)
            )}</X509Certificate>
                    </X509Data>
                  </KeyInfo>
                </KeyDescriptor>
                <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sign-in" />
              </IDPSSODescriptor>
            </EntityDescriptor>
            """;
}
