using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>What becomes of a provider's people when its connection changes. It is done where their documents are known.</summary>
public interface IManagedPeople
{
    /// <summary>How many people were changed here while SCIM was off or paused, so that managing them again overwrites something.</summary>
    Task<int> CountChangedHereAsync(WriteScope scope, Guid provider);

    /// <summary>What the provider says holds again, for everybody whom it manages.</summary>
    Task ProjectAgainAsync(WriteScope scope, Guid provider, Origin origin);

    /// <summary>Everybody is kept by hand from here on, with the roles they had. It cannot be undone.</summary>
    Task ConvertAsync(WriteScope scope, Guid provider, string providerName, Origin origin);

    /// <summary>Everybody who is active becomes Inactive and is signed out. One act brings exactly those back for thirty days.</summary>
    Task DeactivateAsync(WriteScope scope, Guid provider, string providerName, Origin origin);
}
