using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Core.IdentityProviders;

/// <summary>How far the setup is, with requests that come over HTTP.</summary>
public sealed class SetupChecklistsTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    [Fact]
    [Proves("rule-56")]
    public async Task Each_step_is_marked_with_its_own_time_when_it_is_done()
    {
        var start = Now;
        var contoso = _host.Contoso;
        AssertSteps(await FindAsync(contoso), (SetupStep.TokenCreated, start));

        var (request, user, group, mapping) = (start.AddMinutes(1), start.AddMinutes(2), start.AddMinutes(3), start.AddMinutes(4));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await contoso.GetAsync("/ServiceProviderConfig")).Status);
        AssertSteps(await FindAsync(contoso), (SetupStep.TokenCreated, start), (SetupStep.FirstRequest, request));

        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var ada = await contoso.AddUserAsync("ada@contoso.com");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var helpDesk = await contoso.AddGroupAsync("Helpdesk-L1", ada);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await MapAsync(contoso, helpDesk);
        await _host.Get<TokenUsage>().FlushAsync(CancellationToken.None);

        var checklist = await FindAsync(contoso);
        AssertSteps(
            checklist,
            (SetupStep.TokenCreated, start),
            (SetupStep.FirstRequest, request),
            (SetupStep.FirstUser, user),
            (SetupStep.FirstGroup, group),
            (SetupStep.FirstRoleMapping, mapping)
        );
        Assert.Equal((7, true, null), (checklist.Done, checklist.IsComplete, checklist.Next));
    }

    [Fact]
    public async Task A_provider_that_was_only_added_has_nothing_and_its_next_step_is_the_first()
    {
        var content = new ProviderDraftContent { Input = Samples.Provider("Fabrikam", "fabrikam.com") };
        var identifier = Installation.Done(
            await _host.Get<ProviderDrafts>().CreateAsync(content, _host.Administrator, CancellationToken.None)
        );

        var checklist = await FindAsync(_host.Get<ProviderRegister>().Find(identifier)!.Id);

        Assert.Equal(Enum.GetValues<SetupStep>(), checklist.Marks.Select(mark => mark.Step));
        Assert.Equal((0, false, SetupStep.SamlSettings), (checklist.Done, checklist.IsComplete, checklist.Next));
    }

    [Fact]
    public async Task What_is_undone_is_open_again_and_a_test_user_that_was_removed_is_no_first_user()
    {
        var contoso = _host.Contoso;
        var test = await contoso.AddUserAsync("jctestuser@contoso.com");
        Assert.Equal(204, (await contoso.DeleteAsync($"/Users/{test}")).Status);
        Installation.Done(
            await _host
                .Get<ScimConnections>()
                .DisableAsync(contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None)
        );
        _host.Clock.Advance(TimeSpan.FromDays(200));

        var open = (await FindAsync(contoso)).Marks.Where(mark => !mark.IsDone).Select(mark => mark.Step);

        Assert.Equal(
            [SetupStep.ScimEnabled, SetupStep.TokenCreated, SetupStep.FirstUser, SetupStep.FirstGroup, SetupStep.FirstRoleMapping],
            open
        );
    }

    [Fact]
    public async Task Where_the_vendor_sends_no_groups_there_is_no_step_for_them_until_one_arrives()
    {
        var google = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com", Vendor.GoogleWorkspace));
        Assert.DoesNotContain(SetupStep.FirstGroup, (await FindAsync(google)).Marks.Select(mark => mark.Step));
        Assert.Equal(6, (await FindAsync(google)).Marks.Count);

        await google.AddGroupAsync("Helpdesk-L1");

        Assert.Contains(SetupStep.FirstGroup, (await FindAsync(google)).Marks.Where(mark => mark.IsDone).Select(mark => mark.Step));
    }

    [Fact]
    public async Task What_happens_at_one_provider_marks_nothing_at_another()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        await fabrikam.AddGroupAsync("Helpdesk-L1", await fabrikam.AddUserAsync("ada@fabrikam.com"));

        Assert.Equal(SetupStep.FirstRequest, (await FindAsync(_host.Contoso)).Next);
    }

    [Fact]
    public async Task A_provider_that_does_not_exist_has_no_checklist() =>
        Assert.Null(await _host.Get<SetupChecklists>().FindAsync(_host.Administrator.Actor, Guid.NewGuid(), CancellationToken.None));

    private Task<SetupChecklist> FindAsync(ScimClient client) => FindAsync(client.ProviderId);

    private async Task<SetupChecklist> FindAsync(Guid provider) =>
        (await _host.Get<SetupChecklists>().FindAsync(_host.Administrator.Actor, provider, CancellationToken.None))!;

    /// <summary>SAML settings and SCIM are there from the start; of the other steps exactly these are done.</summary>
    private static void AssertSteps(SetupChecklist checklist, params (SetupStep Step, DateTimeOffset At)[] done)
    {
        (SetupStep, DateTimeOffset)[] first =
        [
            (SetupStep.SamlSettings, new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)),
            (SetupStep.ScimEnabled, new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)),
        ];
        Assert.Equal([.. first, .. done], checklist.Marks.Where(mark => mark.IsDone).Select(mark => (mark.Step, mark.DoneAt!.Value)));
    }

    private async Task MapAsync(ScimClient client, string group)
    {
        var role = Installation.Done(
            await _host
                .Get<RoleDirectory>()
                .CreateAsync(AccountKind.Technician, new RoleInput { Name = "Help desk" }, _host.Administrator, CancellationToken.None)
        );
        Installation.Done(
            await _host
                .Get<RoleMappings>()
                .SaveAsync(
                    client.ProviderId,
                    new MappingChanges([new NewMapping(role, Guid.Parse(group), null, null)], []),
                    null,
                    _host.Administrator,
                    CancellationToken.None
                )
        );
    }
}
