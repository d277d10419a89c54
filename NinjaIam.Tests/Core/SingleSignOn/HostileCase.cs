using System.Security.Cryptography;
using System.Xml;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>Which elements of a sample are signed.</summary>
public enum Signing
{
    Response,
    Assertion,
    Both,
}

/// <summary>What an attack is made from: a response that would be accepted, and whoever makes it.</summary>
/// <param name="Genuine">Right in every respect, and in answer to a request of the browser that gets it.</param>
/// <param name="Attacker">A key that the portal does not know.</param>
internal sealed record HostileMaterial(SampleResponse Genuine, SampleIdentityProvider Provider, RSA Attacker)
{
    /// <summary>Signed by the real identity provider.</summary>
    public XmlDocument Signed(Signing signing) => Sign(Genuine.Xml, signing);

    /// <summary>As if the real identity provider had said this.</summary>
    public XmlDocument Sign(string xml, Signing signing, Action<XmlElement>? signer = null)
    {
        signer ??= element => Provider.Sign(element);
        var document = SampleIdentityProvider.Load(xml);
        if (signing != Signing.Response)
        {
            signer(SampleIdentityProvider.AssertionOf(document));
        }

        if (signing != Signing.Assertion)
        {
            signer(document.DocumentElement!);
        }

        return document;
    }

    /// <summary>The signed elements of a document.</summary>
    public static XmlElement SignedElement(XmlDocument document, Signing signing) =>
        signing == Signing.Assertion ? SampleIdentityProvider.AssertionOf(document) : document.DocumentElement!;
}

/// <summary>One response that must get nobody in.</summary>
/// <param name="Class">The kind of attack.</param>
/// <param name="Position">Where it is tried.</param>
/// <param name="Reasons">What it may be refused for; several where several rules are broken.</param>
/// <param name="Make">The text that is posted, before base64.</param>
internal sealed record HostileCase(string Class, string Position, string[] Reasons, Func<HostileMaterial, string> Make)
{
    public override string ToString() => $"{Class}: {Position}";
}
