namespace NinjaIam.Core.IdentityProviders.Metadata;

/// <summary>Leaves the connect callback only to be turned into a refusal by the downloader.</summary>
internal sealed class RefusedAddressException : Exception
{
    public RefusedAddressException() { }

    public RefusedAddressException(string message)
        : base(message) { }

    public RefusedAddressException(string message, Exception innerException)
        : base(message, innerException) { }
}
