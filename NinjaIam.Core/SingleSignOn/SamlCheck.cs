namespace NinjaIam.Core.SingleSignOn;

/// <summary>The steps by which a response is checked, in their order.</summary>
public enum SamlCheck
{
    /// <summary>It arrived as a form and is XML within the limits.</summary>
    Readable,

    /// <summary>It is one response with one assertion and nothing unexpected.</summary>
    Shape,

    /// <summary>The identity provider says that the sign-in worked.</summary>
    Status,
    Signature,

    /// <summary>It comes from the identity provider of this address.</summary>
    Issuer,

    /// <summary>It is meant for us and for this address.</summary>
    Addressee,
    Time,

    /// <summary>It answers a request of this very browser.</summary>
    Request,

    /// <summary>Neither it nor the request it answers was used before.</summary>
    Unused,

    /// <summary>It names somebody who may sign in.</summary>
    Person,
}
