using System.Globalization;
using Bunit;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;
using Xunit;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class SetupGuideTests : ProviderTestContext
{
    private const string Extension = "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User";

    public static TheoryData<Vendor> Vendors => [.. VendorCatalog.All.Select(recipe => recipe.Vendor)];

    [Theory]
    [MemberData(nameof(Vendors))]
    [Proves("rule-56", "rule-57")]
    public async Task Each_vendor_has_a_guide_with_steps_values_date_and_source(Vendor vendor)
    {
        var contoso = await AddProviderAsync(Samples.Provider(vendor: vendor));
        var provider = await FindAsync(contoso);

        var page = Open(contoso);

        var steps = page.FindAll(TestId("guide-step"));
        Assert.True(steps.Count >= 5, $"Only {steps.Count} steps.");
        Assert.All(
            steps,
            step => Assert.All(step.QuerySelectorAll("h3, p"), text => Assert.False(string.IsNullOrWhiteSpace(text.TextContent)))
        );
        Assert.Equal(provider.ScimBaseUrl, Assert.Single(Values(page, "guide-base-url")));
        Assert.Equal(provider.EntityId, Assert.Single(Values(page, "guide-entity-id")));
        Assert.Equal(provider.ReplyUrl, Assert.Single(Values(page, "guide-reply-url")));
        Assert.Single(page.FindAll(TestId("guide-token")));
        Assert.InRange(
            DateOnly.Parse(page.Find(TestId("guide-date")).GetAttribute("datetime")!, CultureInfo.InvariantCulture),
            new DateOnly(2026, 11, 1),
            new DateOnly(2100, 1, 1)
        );
        var sources = page.FindAll(TestId("guide-source"));
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.StartsWith("https://", source.GetAttribute("href"), StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll(TestId("guide-trap")));
        Assert.Equal(VendorCatalog.Of(vendor).RequestSchedule, page.Find(TestId("guide-schedule")).TextContent);
        Assert.Equal(SetupGuides.Of(vendor).Mappings.Count == 0 ? 1 : 0, page.FindAll(TestId("guide-no-mapping")).Count);
        Assert.Contains("is an end user of", page.Find(TestId("guide-arrival")).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("{organization", page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll(TestId("setup-card")));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    [Proves("rule-57")]
    public void A_guide_gives_no_text_twice_and_maps_both_attributes_or_says_that_it_cannot(Vendor vendor)
    {
        var guide = SetupGuides.Of(vendor);

        Assert.Equal(vendor, guide.Vendor);
        Assert.Distinct(guide.Steps.Select(step => step.Title));
        Assert.Distinct(guide.Steps.Select(step => step.Text).Concat(guide.Traps));
        var targets = guide.Mappings.Select(mapping => mapping.Target).Distinct();
        if (guide.Mappings.Count > 0)
        {
            Assert.Equal([$"{Extension}:userType", $"{Extension}:organizationId"], targets);
        }
        else
        {
            Assert.Contains(guide.Traps, trap => trap.Contains("end user of the default organization", StringComparison.Ordinal));
        }
    }

    [Fact]
    [Proves("rule-34", "rule-56")]
    public async Task Entra_gets_ready_made_expressions_for_the_chosen_organization()
    {
        var second = await AddOrganizationAsync("Fabrikam \"North\"");
        await AddOrganizationAsync("Elsewhere");
        var contoso = await AddProviderAsync(Samples.Provider() with { OrganizationIds = [1, second], DefaultOrganizationId = 1 });
        var page = Open(contoso);
        var options = page.FindAll($"{TestId("guide-organization")} option");
        Assert.Equal(["1", Text(second)], options.Select(option => option.GetAttribute("value")));
        Assert.Contains("1", page.FindAll(TestId("mapping-source")).Select(source => source.TextContent));

        await page.Find(TestId("guide-organization")).ChangeAsync(Text(second));

        Assert.Equal(
            [
                "SingleAppRoleAssignment([appRoleAssignments])",
                "IIF(SingleAppRoleAssignment([appRoleAssignments]) = \"Service desk\", \"Technician\", \"endUser\")",
                Text(second),
                $"IIF([companyName] = \"Fabrikam \\\"North\\\"\", \"{second}\", \"1\")",
            ],
            page.FindAll(TestId("mapping-source")).Select(source => source.TextContent)
        );
        Assert.Equal(Text(second), Assert.Single(Values(page, "guide-organization-id")));
    }

    [Fact]
    [Proves("rule-34")]
    public async Task All_organizations_can_be_chosen_where_all_are_allowed()
    {
        var contoso = await AddProviderAsync(
            Samples.Provider() with
            {
                AllOrganizations = true,
                OrganizationIds = [],
                DefaultOrganizationId = null,
            }
        );

        var page = Open(contoso);

        Assert.Equal("All", Assert.Single(Values(page, "guide-organization-id")));
        Assert.Equal(3, page.FindAll(TestId("guide-mapping")).Count);
        Assert.Contains("an end user of no organization", page.Find(TestId("guide-arrival")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_is_filled_in_and_stays_JSON()
    {
        var page = Open(await AddProviderAsync(Samples.Provider(vendor: Vendor.OneLogin)));

        using var template = System.Text.Json.JsonDocument.Parse(page.Find(TestId("guide-template")).TextContent);

        var extension = template.RootElement.GetProperty(Extension);
        Assert.Equal("1", extension.GetProperty("organizationId").GetString());
        Assert.Equal("{$parameters.userType}", extension.GetProperty("userType").GetString());
    }

    [Fact]
    [Proves("rule-56")]
    public async Task The_token_is_named_and_never_shown()
    {
        var contoso = await AddProviderAsync();
        var page = Open(contoso);
        Assert.Contains("No token is live.", page.Find(TestId("guide-token")).TextContent, StringComparison.Ordinal);

        var token = await EnableAsync(contoso);
        Time.Advance(LivePace);

        page.WaitForAssertion(() =>
            Assert.Contains(
                "was shown once to Ada Lind and is only where it was stored then.",
                page.Find(TestId("guide-token")).TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Contains(token.PublicId, page.Find(TestId("guide-token")).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Text, page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_says_when_technicians_would_be_refused(bool mayCreateTechnicians)
    {
        var page = Open(await AddProviderAsync(Samples.Provider() with { MayCreateTechnicians = mayCreateTechnicians }));

        Assert.Equal(mayCreateTechnicians ? 0 : 1, page.FindAll(TestId("guide-no-technicians")).Count);
    }

    [Fact]
    public async Task A_step_that_no_document_of_the_vendor_supports_says_so()
    {
        var page = Open(await AddProviderAsync(Samples.Provider(vendor: Vendor.GoogleWorkspace)));

        Assert.Single(page.FindAll(TestId("guide-undocumented")));
    }

    private IRenderedComponent<ProviderPage> Open(string identifier)
    {
        var page = OpenPage(identifier, ProviderAddress.SetupTab);
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("setup-count"))));
        return page;
    }

    private static IEnumerable<string> Values(IRenderedComponent<ProviderPage> page, string field) =>
        page.FindAll($"{TestId(field)} {TestId("copy-value")}").Select(value => value.TextContent);

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private async Task<int> AddOrganizationAsync(string name) =>
        Installation.Done(
            await Get<OrganizationDirectory>().CreateAsync(new OrganizationInput { Name = name }, Administrator, CancellationToken.None)
        );
}
