using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Accounts;

public sealed class OrganizationsTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    private Organizations Organizations => _installation.Get<Organizations>();

    [Fact]
    public async Task A_new_installation_has_one_organization()
    {
        Assert.Equal(["Default organization"], await NamesAsync());
    }

    [Theory]
    [InlineData("Fabrikam")]
    [InlineData(" FABRIKAM ")]
    [InlineData("Ｆabrikam")]
    public async Task A_name_that_is_taken_in_any_spelling_is_refused(string name)
    {
        await CreateAsync("Fabrikam");

        var refusal = Installation.Refused(
            await Organizations.CreateAsync(new OrganizationInput { Name = name }, _installation.Administrator, CancellationToken.None)
        );

        Assert.Equal((RefusalKind.AlreadyTaken, nameof(OrganizationInput.Name)), (refusal.Kind, refusal.Field));
        Assert.Equal(["Default organization", "Fabrikam"], await NamesAsync());
    }

    [Fact]
    public async Task An_archived_organization_leaves_the_choices_and_comes_back_with_the_same_ID()
    {
        var id = await CreateAsync("Fabrikam");

        Installation.Done(await Organizations.SetArchivedAsync(id, archived: true, _installation.Administrator, CancellationToken.None));
        Assert.DoesNotContain(await ChoicesAsync(), choice => choice.Id == id);
        Installation.Done(await Organizations.SetArchivedAsync(id, archived: false, _installation.Administrator, CancellationToken.None));

        Assert.Contains(await ChoicesAsync(), choice => choice.Id == id);
    }

    [Fact]
    public async Task The_last_organization_cannot_be_archived()
    {
        var refusal = Installation.Refused(
            await Organizations.SetArchivedAsync(1, archived: true, _installation.Administrator, CancellationToken.None)
        );

        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);
        Assert.Single(await ChoicesAsync());
    }

    [Fact]
    public async Task Who_is_no_administrator_neither_reads_nor_changes_organizations()
    {
        var provider = new Actor(ActorKind.Provider, Guid.NewGuid(), "Contoso");

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Organizations.ChoicesAsync(provider, CancellationToken.None));
        var refusal = Installation.Refused(
            await Organizations.CreateAsync(new OrganizationInput { Name = "Evil" }, Origin.Of(provider), CancellationToken.None)
        );

        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);
        Assert.Single(await ChoicesAsync());
    }

    [Fact]
    public async Task A_change_stands_in_the_journal_with_the_value_before_and_after()
    {
        var id = await CreateAsync("Fabrikam");

        var input = new OrganizationInput { Name = "Fabrikam Europe", Description = "Berlin" };
        Installation.Done(await ChangeAsync(id, input, new OrganizationInput { Name = "Fabrikam" }));

        var activities = _installation.Get<Activities>();
        var latest = (await activities.ListAsync(_installation.Administrator.Actor, new ActivityFilter(), 1, CancellationToken.None))[0];
        Assert.Equal(JournalKind.OrganizationChanged, latest.Kind);
        Assert.Equal(
            [new ChangedValue("name", "Fabrikam", "Fabrikam Europe"), new ChangedValue("description", null, "Berlin")],
            await activities.ChangesAsync(_installation.Administrator.Actor, latest.Id, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_change_made_on_something_else_is_refused_and_changes_nothing()
    {
        var id = await CreateAsync("Fabrikam");
        var before = new OrganizationInput { Name = "Fabrikam" };
        var theirs = new OrganizationInput { Name = "Fabrikam", Description = "Theirs" };
        Installation.Done(await ChangeAsync(id, theirs, before));

        var refusal = Installation.Refused(await ChangeAsync(id, new OrganizationInput { Name = "Mine" }, before));

        Assert.Equal(RefusalKind.Stale, refusal.Kind);
        var found = await Organizations.FindAsync(_installation.Administrator.Actor, id, CancellationToken.None);
        Assert.Equal(theirs, OrganizationInput.Of(found!));
    }

    private Task<Outcome<int>> ChangeAsync(int id, OrganizationInput input, OrganizationInput before) =>
        Organizations.ChangeAsync(id, input, before, _installation.Administrator, CancellationToken.None);

    private async Task<int> CreateAsync(string name) =>
        Installation.Done(
            await Organizations.CreateAsync(new OrganizationInput { Name = name }, _installation.Administrator, CancellationToken.None)
        );

    private Task<IReadOnlyList<OrganizationChoice>> ChoicesAsync() =>
        Organizations.ChoicesAsync(_installation.Administrator.Actor, CancellationToken.None);

    private async Task<IEnumerable<string>> NamesAsync()
    {
        var page = await Organizations.ListAsync(
            _installation.Administrator.Actor,
            search: null,
            archived: false,
            new PageRequest(0, 50),
            CancellationToken.None
        );
        return page.Items.Select(line => line.Name);
    }
}
