namespace NinjaIam.Core.Accounts.Factors;

/// <summary>An identity provider by which somebody has to sign in.</summary>
public sealed record RequiredProvider(string UniqueIdentifier, string DisplayName);

/// <summary>Knows what identity providers mean for what people keep here to sign in with.</summary>
public interface ISignOnRules
{
    /// <summary>By whom the person with this user name has to sign in, because single sign-on is required for their domain; null when they need not.</summary>
    Task<RequiredProvider?> RequiredForAsync(string userName, CancellationToken cancellationToken);

    /// <summary>Whether a provider signs in the people it manages, so that they need no password.</summary>
    Task<bool> SignsInAsync(Guid providerId, CancellationToken cancellationToken);
}
