using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

public sealed class VendorCatalogTests
{
    [Fact]
    public void Every_vendor_has_one_recipe_with_a_short_and_different_mark()
    {
        Assert.Equal(Enum.GetValues<Vendor>().Order(), VendorCatalog.All.Select(recipe => recipe.Vendor).Order());
        Assert.All(Enum.GetValues<Vendor>(), vendor => Assert.Equal(vendor, VendorCatalog.Of(vendor).Vendor));
        Assert.All(VendorCatalog.All, recipe => Assert.InRange(recipe.LetterMark.Length, 1, 2));
        Assert.Equal(VendorCatalog.All.Count, VendorCatalog.All.Select(recipe => recipe.LetterMark).Distinct().Count());
    }

    [Fact]
    [Proves("rule-36")]
    public void A_vendor_without_groups_says_so_before_it_is_chosen() =>
        Assert.All(
            VendorCatalog.All.Where(recipe => !recipe.PushesGroups),
            recipe => Assert.Contains("No groups", recipe.TileNote, StringComparison.Ordinal)
        );
}
