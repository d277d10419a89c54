namespace NinjaIam.Core.Care;

/// <summary>Hears what a verification does while it runs.</summary>
public interface IVerificationListener
{
    /// <param name="what">What is looked at from here on.</param>
    Task BeginsAsync(string what);

    /// <param name="count">How many rows of it have been looked at.</param>
    Task CheckedAsync(long count);

    /// <param name="finding">What is wrong, in one sentence with the identifiers it is about.</param>
    Task FoundAsync(string finding);
}
