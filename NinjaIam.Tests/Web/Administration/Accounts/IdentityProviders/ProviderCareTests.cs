using System.Text.Json.Nodes;
using Bunit;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

/// <summary>What a provider's page asks an administrator to decide: who is taken over, who should be inactive, what a preview found.</summary>
public sealed class ProviderCareTests : ProviderTestContext
{
    private SampleDirectory Directory => new(Installation);

    [Fact]
    [Proves("rule-26")]
    public async Task Who_waits_for_a_decision_is_shown_with_roles_and_leaves_the_list_when_it_is_taken()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        var eve = await Directory.AddPersonAsync("eve@contoso.com", change: user => user.Kind = AccountKind.Technician);
        Assert.Equal(409, await PostAsync(contoso, token.PublicId, "eve@contoso.com"));
        var page = OpenPage(contoso, "users");
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("waiting-person"))));
        Assert.Contains("Waiting for your decision (1)", page.Find(TestId("waiting-card")).TextContent, StringComparison.Ordinal);
        Assert.Contains("Technician", page.Find(TestId("waiting-person")).TextContent, StringComparison.Ordinal);

        page.Find(TestId("approve")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("waiting-card"))));
        Assert.Equal(201, await PostAsync(contoso, token.PublicId, "eve@contoso.com"));
        Assert.NotNull((await Get<People>().FindAsync(Actor.System, eve, CancellationToken.None))!.Person.ProviderId);
    }

    [Fact]
    [Proves("rule-26")]
    public async Task Keeping_somebody_by_hand_takes_one_click()
    {
        var contoso = await AddProviderAsync(Samples.Provider() with { AdoptionPolicy = AdoptionPolicy.Ask });
        var token = await EnableAsync(contoso);
        await Directory.AddPersonAsync("eve@contoso.com");
        Assert.Equal(409, await PostAsync(contoso, token.PublicId, "eve@contoso.com"));
        var page = OpenPage(contoso, "users");
        page.WaitForAssertion(() => page.Find(TestId("decline")));

        await page.Find(TestId("decline")).ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("waiting-card"))));
        var provider = await FindAsync(contoso);
        Assert.Empty(
            (await Get<Adoptions>().ListWaitingAsync(Actor.System, provider.Id, new PageRequest(0, 9), CancellationToken.None)).Items
        );
    }

    [Fact]
    [Proves("rule-23")]
    public async Task Who_should_be_inactive_is_shown_with_the_reason_and_blocked_by_one_click()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        var provider = await FindAsync(contoso);
        var ada = await Directory.AddPersonAsync("ada@contoso.com", provider);
        await Get<RefusedDeactivations>()
            .NoteAsync(new ProvisioningCall(provider.Id, Origin.Of(Actor.System)), ada, "title must be a text.");
        var page = OpenPage(contoso, "users");
        page.WaitForAssertion(() =>
            Assert.Contains("title must be a text.", page.Find(TestId("should-be-inactive-person")).TextContent, StringComparison.Ordinal)
        );

        await page.Find(TestId("block-person")).ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("should-be-inactive"))));
        Assert.Equal(AccountStatus.Blocked, (await Get<People>().FindAsync(Actor.System, ada, CancellationToken.None))!.Person.Status);
    }

    [Fact]
    public async Task What_a_preview_found_stands_on_the_overview_until_it_is_ended()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        var id = (await FindAsync(contoso)).Id;
        Installation.Done(await Get<ScimConnections>().StartPreviewAsync(id, Administrator, CancellationToken.None));
        Assert.Equal(503, await PostAsync(contoso, token.PublicId, "new@contoso.com"));
        await Get<Previews>()
            .StoreAsync(
                id,
                [
                    PreviewWrites.OfRefused(
                        id,
                        "User",
                        "guest@contoso.com",
                        NinjaIam.Core.Scim.Messages.ScimError.InvalidValue("userType is not allowed."),
                        Time.GetUtcNow()
                    ),
                ]
            );

        var page = OpenPage(contoso);

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(TestId("preview-finding")).Count));
        Assert.Equal("1", page.Find($"{TestId("preview-User-New")} dd, {TestId("preview-User-New")}").TextContent.Trim()[^1..]);
        page.Find(TestId("preview-result")).Change("Refused");
        page.WaitForAssertion(() =>
            Assert.Contains(
                "userType is not allowed.",
                Assert.Single(page.FindAll(TestId("preview-finding"))).TextContent,
                StringComparison.Ordinal
            )
        );

        page.Find(TestId("notice-end-preview")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("preview-card"))));
        Assert.Equal(201, await PostAsync(contoso, token.PublicId, "new@contoso.com"));
    }

    [Fact]
    public async Task A_preview_is_started_in_the_settings()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        var page = OpenPage(contoso, "settings");

        page.Find(TestId("start-preview")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() => page.Find(TestId("end-preview-here")));
        Assert.Equal(ScimState.Preview, (await FindAsync(contoso)).Scim);
    }

    [Fact]
    [Proves("rule-53")]
    public async Task A_provider_is_deleted_only_after_its_name_was_typed()
    {
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso, "settings");

        page.Find(TestId("delete-provider")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();
        Assert.NotNull(await Get<Providers>().FindAsync(Actor.System, contoso, CancellationToken.None));
        Dialogs.Find(TestId("typed-name")).Input("Contoso");
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() => Assert.EndsWith(ProviderAddress.List, Navigation.Uri, StringComparison.Ordinal));
        Assert.Null(await Get<Providers>().FindAsync(Actor.System, contoso, CancellationToken.None));
    }

    [Fact]
    [Proves("rule-53")]
    public async Task A_provider_with_SCIM_on_is_disabled_first_and_enabled_again()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        var page = OpenPage(contoso, "settings");
        Assert.Equal("true", page.Find(TestId("delete-provider")).GetAttribute("aria-disabled"));

        page.Find(TestId("disable-provider")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() => page.Find(TestId("enable-provider")));
        Assert.Contains("disabled", page.Find(TestId("provider-notice")).TextContent, StringComparison.Ordinal);
        page.Find(TestId("enable-provider")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();
        page.WaitForAssertion(() => page.Find(TestId("disable-provider")));
    }

    [Fact]
    public async Task Enabling_SCIM_shows_how_many_changed_people_it_overwrites()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        Assert.Equal(201, await PostAsync(contoso, token.PublicId, "ada@contoso.com"));
        var provider = await FindAsync(contoso);
        Installation.Done(await Get<ScimConnections>().DisableAsync(provider.Id, PeopleChoice.Keep, Administrator, CancellationToken.None));
        var person = Assert.Single(
            (
                await Get<People>()
                    .ListAsync(Actor.System, new PeopleFilter { ProviderId = provider.Id }, new PageRequest(0, 9), CancellationToken.None)
            ).Items
        );
        await Directory.ChangePersonAsync(person.Id, user => user.GivenName = "Changed");
        var page = OpenPage(contoso);

        page.Find(TestId("enable-scim")).Click();

        Dialogs.WaitForAssertion(() =>
            Assert.Contains("One person was changed here", Dialogs.Find(TestId("enable-overwrites")).TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    [Proves("rule-52")]
    public async Task Somebody_kept_by_hand_is_made_an_administrator_and_unmade_and_deleted_and_brought_back()
    {
        var bob = await Directory.AddPersonAsync("bob@contoso.com");
        var page = OpenUser(bob);

        await ChooseAsync(page, "make-administrator");
        page.WaitForAssertion(() => Assert.Equal("System administrator", page.Find(TestId("kind")).TextContent));
        await ChooseAsync(page, "unmake-administrator");
        page.WaitForAssertion(() => Assert.Equal("Technician", page.Find(TestId("kind")).TextContent));
        await ChooseAsync(page, "delete-person");
        page.WaitForAssertion(() => page.Find(TestId("restore-person")));
        await page.Find(TestId("restore-person")).ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("deleted-notice"))));
        Assert.Equal(AccountStatus.Active, (await Get<People>().FindAsync(Actor.System, bob, CancellationToken.None))!.Person.Status);
    }

    private IRenderedComponent<UserPage> OpenUser(Guid id)
    {
        OpenPage<IdentityProvidersPage>(ProviderAddress.List);
        return Render<UserPage>(parameters => parameters.Add(page => page.Id, id));
    }

    private async Task ChooseAsync(IRenderedComponent<UserPage> page, string entry)
    {
        await page.Find($"{TestId("page-actions")} button").ClickAsync();
        Dialogs.WaitForElement(TestId(entry)).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();
    }

    /// <summary>The status of the answer to a POST of the provider's client.</summary>
    private async Task<int> PostAsync(string identifier, string publicId, string userName)
    {
        var provider = await FindAsync(identifier);
        var caller = new ProvisioningCall(
            provider.Id,
            Origin.Of(new Actor(ActorKind.Provider, provider.Id, provider.DisplayName, publicId))
        );
        var body = new JsonObject { ["userName"] = userName };
        var reading = DocumentReader
            .Read(body, BuiltInResourceTypes.User)
            .Match(read => read, error => throw new InvalidOperationException(error.Detail));
        var outcome = await Get<UserProvisioning>().CreateAsync(caller, reading, CancellationToken.None);
        return outcome.Match(_ => 201, error => error.Status);
    }
}
