namespace NinjaIam.Core.IdentityProviders;

/// <summary>What an administrator has to know about one vendor's console.</summary>
/// <param name="Vendor">Whose console.</param>
/// <param name="Name">The product's full name.</param>
/// <param name="ShortName">How it is called inside a sentence.</param>
/// <param name="LetterMark">One or two letters that stand where a logo would.</param>
/// <param name="PushesGroups">Whether groups arrive over SCIM.</param>
/// <param name="TileNote">What to know before choosing it, or null.</param>
/// <param name="RequestSchedule">When its first request may be expected, and what makes it come sooner.</param>
/// <param name="ConsolePlace">Where base URL and token are pasted.</param>
/// <param name="BaseUrlField">What the console calls the base URL.</param>
/// <param name="TokenField">What the console calls the token.</param>
public sealed record VendorRecipe(
    Vendor Vendor,
    string Name,
    string ShortName,
    string LetterMark,
    bool PushesGroups,
    string? TileNote,
    string RequestSchedule,
    string ConsolePlace,
    string BaseUrlField,
    string TokenField
)
{
    /// <summary>By what it says in an assertion that it asked for a second factor; null where the console decides that.</summary>
    public SecondFactorClaim? SecondFactor { get; init; }
}
