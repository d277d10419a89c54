using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage.Resources;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>Turning a whole provider off, and deleting it.</summary>
public sealed class ProviderRemovalTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    private ScimConnections Connections => _host.Get<ScimConnections>();

    private ProviderRemoval Removal => _host.Get<ProviderRemoval>();

    [Fact]
    [Proves("rule-53")]
    public async Task A_provider_with_SCIM_on_is_not_deleted()
    {
        var refused = Installation.Refused(await DeleteAsync(PeopleChoice.Convert));

        Assert.Equal(RefusalKind.PrerequisiteMissing, refused.Kind);
        Assert.Equal(200, (await Contoso.GetAsync("/Users")).Status);
    }

    [Theory]
    [Proves("rule-53")]
    [InlineData(PeopleChoice.Convert, AccountStatus.Active)]
    [InlineData(PeopleChoice.Deactivate, AccountStatus.Blocked)]
    public async Task Its_people_are_kept_by_hand_and_everything_else_of_it_is_gone(PeopleChoice choice, AccountStatus status)
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var other = await fabrikam.AddUserAsync("x@fabrikam.com");
        var (ada, gone) = (await Contoso.AddUserAsync("ada@contoso.com"), await Contoso.AddUserAsync("gone@contoso.com"));
        await Contoso.AddGroupAsync("Helpdesk", ada);
        Assert.Equal(204, (await Contoso.DeleteAsync($"/Users/{gone}")).Status);
        await DisableAsync();

        Installation.Done(await DeleteAsync(choice));

        var person = (await _host.Get<People>().FindAsync(Actor.System, Guid.Parse(ada), CancellationToken.None))!;
        Assert.Equal((null, status), (person.Person.ProviderId, person.Person.Status));
        Assert.Equal(
            AccountStatus.Inactive,
            (await _host.Get<People>().FindAsync(Actor.System, Guid.Parse(gone), CancellationToken.None))!.Person.Status
        );
        Assert.Null(await _host.Get<Providers>().FindAsync(Actor.System, Contoso.Identifier, CancellationToken.None));
        Assert.Equal(401, (await Contoso.GetAsync("/Users")).Status);
        Assert.Equal(200, (await fabrikam.GetAsync($"/Users/{other}")).Status);
        await using var database = _host.Read();
        Assert.Equal(0, await database.Resources.CountAsync(row => row.Provider == Contoso.ProviderId));
        Assert.Contains(await _host.ActivitiesAsync(), activity => activity.Kind == JournalKind.ProviderDeleted);
        // Its domains are free for another provider.
        await _host.AddProviderAsync(Samples.Provider("Contoso again"));
    }

    [Fact]
    public async Task What_becomes_of_the_people_has_to_be_chosen_and_only_a_system_administrator_chooses()
    {
        await DisableAsync();

        Assert.Equal(RefusalKind.InvalidValue, Installation.Refused(await DeleteAsync(PeopleChoice.Keep)).Kind);
        var stranger = Origin.Of(new Actor(ActorKind.Administrator, Guid.NewGuid(), "Eve"));
        foreach (
            var outcome in new[]
            {
                await Removal.DeleteAsync(Contoso.ProviderId, PeopleChoice.Convert, stranger, CancellationToken.None),
                await Connections.DisableProviderAsync(Contoso.ProviderId, PeopleChoice.Keep, stranger, CancellationToken.None),
                await Connections.EnableProviderAsync(Contoso.ProviderId, stranger, CancellationToken.None),
                await Connections.StartPreviewAsync(Contoso.ProviderId, stranger, CancellationToken.None),
                await Connections.EndPreviewAsync(Contoso.ProviderId, stranger, CancellationToken.None),
            }
        )
        {
            Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(outcome).Kind);
        }

        Assert.NotNull(await _host.Get<Providers>().FindAsync(Actor.System, Contoso.Identifier, CancellationToken.None));
    }

    [Fact]
    [Proves("rule-53")]
    public async Task A_disabled_provider_answers_nobody_and_SCIM_waits_until_it_is_enabled()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");

        Installation.Done(
            await Connections.DisableProviderAsync(Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None)
        );

        Assert.Equal(401, (await Contoso.GetAsync("/Users")).Status);
        var details = (await _host.Get<Providers>().FindAsync(Actor.System, Contoso.Identifier, CancellationToken.None))!;
        Assert.Equal((ScimState.Disabled, SingleSignOnState.Disabled), (details.Scim, details.SingleSignOn));
        Assert.True((await Connections.EnableAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None)).IsRefused);
        Installation.Done(await Connections.EnableProviderAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None));
        Assert.False((await Connections.EnableAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None)).IsRefused);
        Assert.Equal(200, (await Contoso.GetAsync($"/Users/{ada}")).Status);
    }

    private Task<Outcome<Completed>> DeleteAsync(PeopleChoice choice) =>
        Removal.DeleteAsync(Contoso.ProviderId, choice, _host.Administrator, CancellationToken.None);

    private async Task DisableAsync() =>
        Installation.Done(
            await Connections.DisableAsync(Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None)
        );
}
