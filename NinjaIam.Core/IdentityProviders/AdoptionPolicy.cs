namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// What happens when a provider sends somebody who is kept by hand and whose email lies in its domains (the product's rule 26). Stored as a
/// number.
/// </summary>
public enum AdoptionPolicy
{
    /// <summary>End users without roles are taken over; about everybody else an administrator decides.</summary>
    EndUsersWithoutRoles,

    /// <summary>Everybody whom the provider could have created itself is taken over; about others an administrator decides.</summary>
    Everybody,

    /// <summary>An administrator decides about each.</summary>
    Ask,

    /// <summary>Nobody is taken over.</summary>
    Nobody,
}
