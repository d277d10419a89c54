using System.Text;
using Bunit;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class AddProviderTests : ProviderTestContext
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(600);

    private Guid _draft;

    [Fact]
    public async Task Starting_keeps_a_draft_and_leads_to_its_first_step()
    {
        var page = OpenPage<StartProviderPage>(ProviderAddress.Add);

        page.WaitForAssertion(() => Assert.EndsWith("/provider", Navigation.Uri, StringComparison.OrdinalIgnoreCase));
        var draft = Assert.Single(await Get<ProviderDrafts>().ListAsync(Administrator.Actor, CancellationToken.None));
        Assert.EndsWith(ProviderAddress.Step(draft.Id, AddProviderStep.Provider), Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_vendor_has_a_tile_that_says_what_to_know_now()
    {
        var page = await OpenAsync();

        var tiles = page.FindAll("[role=radio]");
        Assert.Equal(
            ["Microsoft Entra ID", "Okta", "OneLogin", "JumpCloud", "Google Workspace", "PingOne", "Duo", "Keycloak", "Custom"],
            tiles.Select(tile => tile.QuerySelector(".tile-name")!.TextContent)
        );
        Assert.Contains(
            "No groups over SCIM: assign roles by attribute",
            page.Find(TestId("vendor-GoogleWorkspace")).TextContent,
            StringComparison.Ordinal
        );
        Assert.Single(tiles, tile => tile.GetAttribute("tabindex") == "0");
    }

    [Fact]
    public async Task Choosing_a_vendor_keeps_it_and_goes_on_to_the_details()
    {
        var page = await OpenAsync();

        await page.Find(TestId("vendor-Okta")).ClickAsync();

        Assert.EndsWith(ProviderAddress.Step(_draft, AddProviderStep.Details), Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(Vendor.Okta, (await DraftAsync()).Content.Input.Vendor);
    }

    [Fact]
    public async Task What_is_typed_is_kept_on_the_server_after_a_pause()
    {
        var page = await OpenAsync(AddProviderStep.Details, new ProviderInput { Vendor = Vendor.Okta });

        var typing = page.Find(TestId("display-name")).InputAsync("Tailspin");
        Time.Advance(TypingPause);
        await typing;

        page.WaitForAssertion(() => Assert.Equal("Draft saved 12:00", page.Find(TestId("draft-saved")).TextContent));
        Assert.Equal("Tailspin", (await DraftAsync()).Content.Input.DisplayName);
    }

    [Fact]
    public async Task Leaving_in_the_middle_of_a_word_loses_nothing()
    {
        var page = await OpenAsync(AddProviderStep.Details, new ProviderInput { Vendor = Vendor.Okta });
        _ = page.Find(TestId("display-name")).InputAsync("Tails");

        await DisposeComponentsAsync();

        Assert.Equal("Tails", (await DraftAsync()).Content.Input.DisplayName);
    }

    [Fact]
    public async Task Domains_are_cleaned_and_the_first_one_becomes_the_name()
    {
        var page = await OpenAsync(AddProviderStep.Details, new ProviderInput { Vendor = Vendor.Okta });

        await TypeDomainAsync(page, "Ada@Contoso.COM");

        Assert.StartsWith("contoso.com", page.Find(TestId("input-chip")).TextContent, StringComparison.Ordinal);
        Assert.Equal("contoso.com", page.Find(TestId("display-name")).GetAttribute("value"));
    }

    [Theory]
    [InlineData("gmail.com", "gmail.com is a public mail service")]
    [InlineData("localhost", "\"localhost\" is not an email domain")]
    public async Task A_domain_that_cannot_be_taken_stays_with_the_reason_beside_it(string typed, string reason)
    {
        var page = await OpenAsync(AddProviderStep.Details, new ProviderInput { Vendor = Vendor.Okta });

        await TypeDomainAsync(page, typed);

        Assert.StartsWith(typed, page.Find(TestId("input-chip")).TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll(TestId("field-error")), error => error.TextContent.StartsWith(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Next_names_every_field_that_is_missing_and_stays()
    {
        var page = await OpenAsync(AddProviderStep.Details, new ProviderInput { Vendor = Vendor.Okta });

        await page.Find(TestId("details-form")).SubmitAsync();

        Assert.Equal(
            [
                "Enter a display name.",
                "Enter at least one email domain, such as example.com.",
                "Choose at least one organization, or all of them.",
            ],
            page.FindAll(TestId("field-error")).Select(error => error.TextContent)
        );
        Assert.EndsWith(ProviderAddress.Step(_draft, AddProviderStep.Details), Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_or_domain_of_another_provider_is_said_before_Save()
    {
        await AddProviderAsync();
        var page = await OpenAsync(AddProviderStep.Details, Samples.Provider("Tailspin", "contoso.com"));

        await page.Find(TestId("details-form")).SubmitAsync();

        Assert.StartsWith("contoso.com belongs to Contoso.", page.Find(TestId("field-error")).TextContent, StringComparison.Ordinal);
        Assert.EndsWith(ProviderAddress.Step(_draft, AddProviderStep.Details), Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_is_not_reached_yet_leads_back_to_the_first_open_one()
    {
        await OpenAsync(AddProviderStep.Review, new ProviderInput { Vendor = Vendor.Okta });

        Assert.EndsWith(ProviderAddress.Step(_draft, AddProviderStep.Details), Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-6", "rule-11")]
    public async Task Connecting_offers_what_to_copy_with_the_final_identifier()
    {
        var page = await OpenAsync(AddProviderStep.Connect, Samples.Provider());

        var identifier = (await DraftAsync()).UniqueIdentifier;
        Assert.Equal(identifier, page.Find($"{TestId("unique-identifier")} {TestId("copy-value")}").TextContent);
        Assert.Equal($"https://iam.example.com/saml/{identifier}", page.Find($"{TestId("entity-id")} {TestId("copy-value")}").TextContent);
        Assert.Equal($"https://iam.example.com/saml/{identifier}", page.Find($"{TestId("reply-url")} {TestId("copy-value")}").TextContent);
    }

    [Fact]
    [Proves("rule-7")]
    public async Task Pasted_metadata_is_previewed_with_its_certificates_and_kept()
    {
        var page = await OpenAsync(AddProviderStep.Connect, Samples.Provider());

        await page.Find(TestId("import-Xml")).ChangeAsync(true);
        await page.Find(TestId("metadata-xml")).InputAsync(Metadata());
        await page.Find(TestId("import")).ClickAsync();

        Assert.Equal(SampleMetadata.EntityId, page.Find($"{TestId("metadata-entity-id")} dd").TextContent.Trim());
        Assert.NotEmpty(page.Find($"{TestId("metadata-sign-in-url")} dd").TextContent.Trim());
        Assert.Contains("SHA-256", page.Find(TestId("certificate")).TextContent, StringComparison.Ordinal);
        Assert.Equal(SampleMetadata.EntityId, (await DraftAsync()).Content.Metadata?.EntityId);
        Assert.Empty(page.FindAll(TestId("set-up-later")));
        Assert.Single(page.FindAll(TestId("next")));
    }

    [Fact]
    [Proves("rule-7")]
    public async Task A_metadata_file_is_imported_as_soon_as_it_is_chosen()
    {
        var page = await OpenAsync(AddProviderStep.Connect, Samples.Provider());
        await page.Find(TestId("import-File")).ChangeAsync(true);

        await page.FindComponent<FileInput>()
            .InvokeAsync(() => page.FindComponent<FileInput>().Instance.OnRead.InvokeAsync(Encoding.UTF8.GetBytes(Metadata())));

        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("metadata-preview"))));
    }

    [Fact]
    public async Task An_address_inside_the_network_is_refused_beside_the_field_and_stays_there()
    {
        var page = await OpenAsync(AddProviderStep.Connect, Samples.Provider());

        await page.Find(TestId("metadata-url")).InputAsync("https://127.0.0.1/metadata");
        await page.Find(TestId("import")).ClickAsync();

        page.WaitForAssertion(() => Assert.NotEmpty(page.Find(TestId("field-error")).TextContent));
        Assert.Equal("https://127.0.0.1/metadata", page.Find(TestId("metadata-url")).GetAttribute("value"));
        Assert.Null((await DraftAsync()).Content.Metadata);
    }

    [Fact]
    public async Task Review_shows_everything_each_block_with_a_way_back()
    {
        var page = await OpenAsync(AddProviderStep.Review, Samples.Provider());

        var details = page.Find(TestId("review-details")).TextContent;
        Assert.Contains("Contoso", details, StringComparison.Ordinal);
        Assert.Contains("contoso.com", details, StringComparison.Ordinal);
        Assert.Contains("without single sign-on", page.Find(TestId("review-connect")).TextContent, StringComparison.Ordinal);
        Assert.Equal(ProviderAddress.Step(_draft, AddProviderStep.Details), page.Find(TestId("edit-Details")).GetAttribute("href"));
    }

    [Fact]
    public async Task Save_adds_the_provider_and_leads_to_its_page()
    {
        var page = await OpenAsync(AddProviderStep.Review, Samples.Provider());
        var identifier = (await DraftAsync()).UniqueIdentifier;

        await page.Find(TestId("save")).ClickAsync();

        page.WaitForAssertion(() => Assert.EndsWith(ProviderAddress.Of(identifier), Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("Contoso", (await FindAsync(identifier)).DisplayName);
        Assert.Empty(await Get<ProviderDrafts>().ListAsync(Administrator.Actor, CancellationToken.None));
    }

    [Fact]
    public async Task Save_checks_again_and_leads_to_the_field_that_is_taken_meanwhile()
    {
        var page = await OpenAsync(AddProviderStep.Review, Samples.Provider());
        await AddProviderAsync(Samples.Provider("Contoso", "other.com"));

        await page.Find(TestId("save")).ClickAsync();

        page.WaitForAssertion(() =>
            Assert.Contains("has this display name", page.Find(TestId("save-refused")).TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(ProviderAddress.Step(_draft, AddProviderStep.Details), page.Find(TestId("fix-details")).GetAttribute("href"));
        Assert.Equal(1, await Get<Providers>().CountAsync(Administrator.Actor, CancellationToken.None));
    }

    [Fact]
    public async Task A_draft_that_is_gone_says_so_and_offers_a_new_one()
    {
        await OpenAsync();
        await Get<ProviderDrafts>().DiscardAsync(_draft, Administrator, CancellationToken.None);

        var page = Render(AddProviderStep.Provider);

        Assert.Contains("This draft does not exist any more.", page.Find(TestId("draft-gone")).TextContent, StringComparison.Ordinal);
    }

    private string Metadata() => SampleMetadata.Xml(Time.GetUtcNow().AddDays(340));

    private async Task TypeDomainAsync(IRenderedComponent<AddProviderPage> page, string domain)
    {
        await page.Find(TestId("domains")).InputAsync(domain);
        var taking = page.Find(TestId("domains")).KeyDownAsync("Enter");
        Time.Advance(TypingPause);
        await taking;
    }

    private async Task<ProviderDraftView> DraftAsync() =>
        await Get<ProviderDrafts>().FindAsync(Administrator.Actor, _draft, CancellationToken.None)
        ?? throw new InvalidOperationException("The draft is gone.");

    private async Task<IRenderedComponent<AddProviderPage>> OpenAsync(
        AddProviderStep step = AddProviderStep.Provider,
        ProviderInput? input = null
    )
    {
        var drafts = Get<ProviderDrafts>();
        _draft = Installation.Done(await drafts.StartAsync(Administrator, CancellationToken.None));
        if (input is not null)
        {
            Installation.Done(
                await drafts.KeepAsync(_draft, new ProviderDraftContent { Input = input }, Administrator, CancellationToken.None)
            );
        }

        return Render(step);
    }

    private IRenderedComponent<AddProviderPage> Render(AddProviderStep step)
    {
        Navigation.NavigateTo(ProviderAddress.Step(_draft, step));
        return Render<AddProviderPage>(parameters =>
            parameters.Add(page => page.DraftId, _draft).Add(page => page.StepName, ProviderAddress.NameOf(step))
        );
    }
}
