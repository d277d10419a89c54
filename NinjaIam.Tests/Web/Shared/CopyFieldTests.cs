using Bunit;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class CopyFieldTests : PortalTestContext
{
    private const string Secret = "njs_a1B2c3D4_the-rest-of-it";
    private const string Mask = "njs_a1B2c3D4_••••••";

    [Fact]
    public async Task It_copies_the_exact_value_while_only_the_mask_is_shown()
    {
        var module = Clipboard(allows: true);
        var field = Field();

        var copying = field.Find(TestId("copy")).ClickAsync();

        Assert.Equal(Secret, Assert.Single(module.Invocations["copy"]).Arguments[0]);
        Assert.DoesNotContain(Secret, field.Markup, StringComparison.Ordinal);
        Assert.Contains("Copied", field.Find(TestId("copy")).TextContent, StringComparison.Ordinal);
        Assert.Equal("Copied", field.Find("[aria-live=polite]").TextContent);
        Time.Advance(TimeSpan.FromSeconds(2));
        await copying;
        field.WaitForAssertion(() => Assert.Equal("Copy", field.Find(TestId("copy")).TextContent.Trim()));
    }

    [Fact]
    public async Task Where_the_browser_refuses_the_field_shows_the_value_and_says_what_to_press()
    {
        Clipboard(allows: false);
        var field = Field();

        await field.Find(TestId("copy")).ClickAsync();

        Assert.Equal("Copying was blocked. Press Ctrl+C.", field.Find(TestId("copy-blocked")).TextContent);
        Assert.Equal(Secret, field.Find(TestId("copy-value")).TextContent);
        Assert.DoesNotContain("Copied", field.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_reveals_the_value_and_Hide_masks_it_again()
    {
        var field = Field();

        await field.Find(TestId("show")).ClickAsync();
        Assert.Equal(Secret, field.Find(TestId("copy-value")).TextContent);
        await field.Find(TestId("show")).ClickAsync();

        Assert.Equal(Mask, field.Find(TestId("copy-value")).TextContent);
    }

    [Fact]
    public void Its_buttons_are_named_after_the_value()
    {
        var field = Field();

        Assert.Equal("Copy Token", field.Find(TestId("copy")).GetAttribute("aria-label"));
        Assert.Equal("Show Token", field.Find(TestId("show")).GetAttribute("aria-label"));
    }

    private BunitJSModuleInterop Clipboard(bool allows)
    {
        var module = JSInterop.SetupModule("./js/clipboard.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<bool>("copy", _ => true).SetResult(allows);
        return module;
    }

    private IRenderedComponent<CopyField> Field() =>
        Render<CopyField>(parameters => parameters.Add(f => f.Label, "Token").Add(f => f.Value, Secret).Add(f => f.Masked, Mask));
}
