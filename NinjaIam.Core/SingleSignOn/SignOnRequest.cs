namespace NinjaIam.Core.SingleSignOn;

/// <summary>How a browser gets to its identity provider, as the provider's metadata asks for it.</summary>
public abstract record SignOnRequest
{
    private SignOnRequest() { }

    /// <summary>It is sent to the address, which carries the request.</summary>
    public sealed record Redirect(Uri Address) : SignOnRequest;

    /// <summary>It posts a form to the address.</summary>
    /// <param name="Message">The field <c>SAMLRequest</c>.</param>
    /// <param name="RelayState">The field of that name.</param>
    public sealed record Post(Uri Address, string Message, string RelayState) : SignOnRequest;
}
