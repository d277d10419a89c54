using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using Xunit;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Web.Administration.Accounts.Users;

public sealed class AddPersonTests : AdministrationTestContext
{
    private IRenderedComponent<IComponent> _dialogs = default!;

    private SampleDirectory Directory => new(Installation);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Theory]
    [InlineData("add-technician", "Add technician")]
    [InlineData("add-end-user", "Add end user")]
    [Proves("rule-47")]
    public async Task The_menu_of_all_users_opens_the_dialog_of_a_kind(string entry, string title)
    {
        _dialogs = RenderProviders();
        Navigation.NavigateTo("/administration/accounts/users");
        var page = Render<UsersPage>();

        await page.Find($"{TestId("page-actions")} button").ClickAsync();
        _dialogs.WaitForAssertion(() => Assert.NotEmpty(_dialogs.FindAll(TestId(entry))));
        _dialogs.Find(TestId(entry)).Click();

        _dialogs.WaitForAssertion(() => Assert.Equal(title, _dialogs.Find(".dialog-title").TextContent));
    }

    [Fact]
    [Proves("rule-47")]
    public async Task Who_is_added_gets_a_link_that_is_shown_once()
    {
        Installation.Done(
            await Get<RoleDirectory>()
                .CreateAsync(AccountKind.Technician, new RoleInput { Name = "Help desk" }, Administrator, CancellationToken.None)
        );
        await Get<RoleDirectory>()
            .CreateAsync(AccountKind.EndUser, new RoleInput { Name = "Reader" }, Administrator, CancellationToken.None);
        await OpenAsync();
        await FillAsync("Bob", "Berg", "bob@example.com");
        Assert.Contains(
            "Help desk",
            Assert.Single(_dialogs.FindAll(TestId("add-role"))).ParentElement!.TextContent,
            StringComparison.Ordinal
        );
        await _dialogs.Find(TestId("add-role")).ChangeAsync(true);
        await _dialogs.Find(TestId("add-organization")).ChangeAsync("1");

        await _dialogs.Find(TestId("add-person-form")).SubmitAsync();

        _dialogs.WaitForAssertion(() => Assert.NotEmpty(_dialogs.FindAll(TestId("invitation-address"))));
        Assert.Contains(
            "Mail is not set up. Give this link to Bob Berg.",
            _dialogs.Find(TestId("mail-not-set-up")).TextContent,
            StringComparison.Ordinal
        );
        var address = _dialogs.Find($"{TestId("invitation-address")} {TestId("copy-value")}").TextContent;
        Assert.StartsWith("https://iam.example.com/invitation/", address, StringComparison.Ordinal);
        var opened = await Get<Invitations>().FindAsync(address.Split('/')[^1], CancellationToken.None);
        Assert.Equal((InvitationState.Pending, "bob@example.com"), (opened.State, opened.UserName));
        var added = Assert.Single(
            (
                await Get<People>()
                    .ListAsync(Administrator.Actor, new PeopleFilter { Search = "bob" }, new PageRequest(0, 5), CancellationToken.None)
            ).Items
        );
        Assert.Equal(
            (AccountKind.Technician, "Help desk", "Default organization"),
            (added.Kind, added.Roles.Single(), added.Organizations.Single())
        );
        await _dialogs.Find(TestId("add-done")).ClickAsync();
        _dialogs.WaitForAssertion(() => Assert.DoesNotContain("/invitation/", _dialogs.Markup, StringComparison.Ordinal));
    }

    [Fact]
    [Proves("rule-49")]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_typed_stays()
    {
        await Directory.AddProviderAsync();
        await OpenAsync();
        await FillAsync("Bob", "<b>", "bob@contoso.com");
        await _dialogs.Find(TestId("add-person-form")).SubmitAsync();
        _dialogs.WaitForAssertion(() => Assert.Contains("Use letters of any script", _dialogs.Markup, StringComparison.Ordinal));

        await _dialogs.Find(TestId("add-last-name")).InputAsync("Berg");
        await _dialogs.Find(TestId("add-person-form")).SubmitAsync();

        _dialogs.WaitForAssertion(() =>
            Assert.Contains(
                "Contoso manages the people of contoso.com.",
                _dialogs.Find(TestId("field-error")).TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Equal("Bob", _dialogs.Find(TestId("add-first-name")).GetAttribute("value"));
    }

    [Fact]
    [Proves("rule-47")]
    public async Task The_page_of_a_person_says_what_became_of_the_invitation_and_sends_another()
    {
        var invitation = Installation.Done(
            await Get<ManualPeople>()
                .AddAsync(
                    new NewPerson
                    {
                        GivenName = "Bob",
                        FamilyName = "Berg",
                        Email = "bob@example.com",
                        Kind = AccountKind.EndUser,
                    },
                    Administrator,
                    CancellationToken.None
                )
        );
        await Directory.ChangePersonAsync(invitation.AccountId, person => person.InvitationExpiresAt = Time.GetUtcNow());
        _dialogs = RenderProviders();
        var page = PersonPage(invitation.AccountId);
        Assert.Contains("Invitation expired", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Invited", page.Find($"{TestId("authentication")} dd, dd{TestId("authentication")}").TextContent.Trim());
        Assert.Equal("Resend invitation", page.Find(TestId("invite")).TextContent.Trim());

        page.Find(TestId("invite")).Click();
        _dialogs.WaitForAssertion(() => Assert.NotEmpty(_dialogs.FindAll(TestId("confirm-invite"))));
        await _dialogs.Find(TestId("confirm-invite")).ClickAsync();
        _dialogs.WaitForAssertion(() => Assert.NotEmpty(_dialogs.FindAll(TestId("invitation-address"))));
        await _dialogs.Find(TestId("invite-done")).ClickAsync();

        page.WaitForAssertion(() =>
            Assert.Contains("Pending until", page.Find(TestId("invitation")).TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(
            InvitationState.None,
            (await Get<Invitations>().FindAsync(invitation.Path.Split('/')[^1], CancellationToken.None)).State
        );
    }

    [Fact]
    public async Task Who_needs_no_invitation_is_not_offered_one()
    {
        var contoso = await Directory.AddProviderAsync();
        var managed = await Directory.AddPersonAsync("bob@contoso.com", contoso);

        Assert.Empty(PersonPage(managed).FindAll(TestId("invite")));
        var own = PersonPage(Administrator.Actor.Id!.Value);
        Assert.Empty(own.FindAll(TestId("invite")));
        Assert.Contains("Local password", own.Find(TestId("authentication")).TextContent, StringComparison.Ordinal);
    }

    private async Task OpenAsync()
    {
        _dialogs = RenderProviders();
        var shown = AddPersonDialog.ShowAsync(Services.GetRequiredService<MudBlazor.IDialogService>(), AccountKind.Technician);
        _dialogs.WaitForAssertion(() => Assert.NotEmpty(_dialogs.FindAll(TestId("add-person-form"))));
        Assert.False(shown.IsCompleted);
        await Task.CompletedTask;
    }

    private async Task FillAsync(string first, string last, string email)
    {
        await _dialogs.Find(TestId("add-first-name")).InputAsync(first);
        await _dialogs.Find(TestId("add-last-name")).InputAsync(last);
        await _dialogs.Find(TestId("add-email")).InputAsync(email);
    }

    private IRenderedComponent<UserPage> PersonPage(Guid id)
    {
        Navigation.NavigateTo($"/administration/accounts/users/{id}");
        var page = Render<UserPage>(parameters => parameters.Add(user => user.Id, id));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("access"))));
        return page;
    }
}
