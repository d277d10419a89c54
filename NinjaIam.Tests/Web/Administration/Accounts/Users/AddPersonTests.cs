using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.Users;

public sealed class AddPersonTests : AdministrationTestContext
{
    private IRenderedComponent<IComponent> _dialogs = default!;

    private SampleDirectory Directory => new(Installation);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

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

    private IRenderedComponent<UserPage> PersonPage(Guid id)
    {
        Navigation.NavigateTo($"/administration/accounts/users/{id}");
        var page = Render<UserPage>(parameters => parameters.Add(user => user.Id, id));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("access"))));
        return page;
    }
}
