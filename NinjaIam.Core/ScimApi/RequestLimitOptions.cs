namespace NinjaIam.Core.ScimApi;

/// <summary>How much provisioning clients may ask. The portal has a budget of its own.</summary>
public sealed class RequestLimitOptions
{
    /// <summary>The section of the configuration that sets these.</summary>
    public const string Section = "Scim:Limits";

    /// <summary>Requests per second that a token may go on with.</summary>
    public int PerSecond { get; set; } = 1_000;

    /// <summary>Requests that a token may send at once after a pause.</summary>
    public int Burst { get; set; } = 5_000;

    /// <summary>Requests of a token that may be under way together.</summary>
    public int AtOnce { get; set; } = 64;

    /// <summary>Requests per minute without a live token that an address gets 401 for; what is beyond gets 429.</summary>
    public int FailuresPerMinute { get; set; } = 60;
}
