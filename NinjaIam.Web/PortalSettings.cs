using NinjaIam.Core.Accounts.Factors;

namespace NinjaIam.Web;

/// <summary>What the command line decides about one run; everything else is configuration.</summary>
internal sealed record PortalSettings
{
    /// <summary>Addresses to listen on, separated by semicolons; null means the configured ones.</summary>
    public string? Urls { get; init; }

    /// <summary>Directory that holds everything the installation stores; null means the configured one, else the user's application data folder.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Directory with the definition files of a demonstration; null means none. Otherwise the configured one counts.</summary>
    public string? Definitions { get; init; }

    /// <summary>A demonstration says so on every page and is reached where it listens, whatever is configured.</summary>
    public bool IsDemonstration { get; init; }

    /// <summary>Whether system administrators need a second factor; null means as it is configured.</summary>
    public SecondFactorRule? SecondFactor { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
