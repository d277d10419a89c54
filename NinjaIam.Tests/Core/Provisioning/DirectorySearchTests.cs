using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

public sealed class DirectorySearchTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    private SampleDirectory Directory => new(_installation);

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    public async Task A_text_finds_everything_that_is_called_like_it()
    {
        var provider = await Directory.AddProviderAsync("Contoso", "contoso.com");
        var person = await Directory.AddPersonAsync("conrad@example.com");
        var group = await Directory.AddGroupAsync("Contractors", provider);
        var organization = await AddOrganizationAsync("Consulting");
        await AddRoleAsync(AccountKind.Technician, "Controller");
        await AddRoleAsync(AccountKind.EndUser, "Contact");

        var hits = await FindAsync("con");

        Assert.Equal(
            [
                (SearchHitKind.Provider, provider.UniqueIdentifier, "Contoso", "contoso.com"),
                (SearchHitKind.Person, person.ToString(), "conrad@example.com", null),
                (SearchHitKind.Group, group.ToString(), "Contractors", "Contoso"),
                (SearchHitKind.Organization, $"{organization}", "Consulting", null),
                (SearchHitKind.TechnicianRole, "Controller", "Controller", null),
                (SearchHitKind.EndUserRole, "Contact", "Contact", null),
            ],
            hits.Select(hit => (hit.Kind, hit.Key, hit.Name, hit.More))
        );
    }

    [Theory]
    [InlineData("ÖZIL", "mesut.oezil@example.com")]
    [InlineData("mesut.o", "mesut.oezil@example.com")]
    [InlineData("OEZIL@EXAMPLE", "mesut.oezil@example.com")]
    [InlineData("o' OR 1=1 --", null)]
    [InlineData("%", null)]
    [InlineData("__", null)]
    public async Task A_person_is_found_by_any_part_of_their_names(string text, string? userName)
    {
        await Directory.AddPersonAsync("mesut.oezil@example.com", change: user => user.DisplayName = "Mesut Özil");

        var hits = await FindAsync(text);

        Assert.Equal(userName is null ? [] : [userName], hits.Select(hit => hit.More));
    }

    [Fact]
    public async Task At_most_five_of_a_kind_are_given_those_that_begin_with_the_text_first()
    {
        for (var number = 0; number < 8; number++)
        {
            await Directory.AddPersonAsync($"other{number}.sam@example.com");
        }

        await Directory.AddPersonAsync("sam@example.com");

        var hits = await FindAsync("sam");

        Assert.Equal(DirectorySearch.MostOfAKind, hits.Count);
        Assert.Equal("sam@example.com", hits[0].Name);
        Assert.Equal(hits.Count, hits.DistinctBy(hit => hit.Key).Count());
    }

    [Fact]
    public async Task Identifiers_and_request_ids_find_what_they_name()
    {
        var person = await Directory.AddPersonAsync("bob@example.com");
        var origin = _installation.Administrator with { RequestId = Origin.NewRequestId() };
        Installation.Done(await _installation.Get<PersonAccess>().BlockAsync(person, origin, CancellationToken.None));

        Assert.Equal(person.ToString(), Assert.Single(await FindAsync(person.ToString("D"))).Key);
        var hit = Assert.Single(await FindAsync($" {origin.RequestId.ToUpperInvariant()} "));
        Assert.Equal((SearchHitKind.Activity, JournalKind.UserBlocked), (hit.Kind, hit.Activity?.Kind));
        Assert.Empty(await FindAsync(Origin.NewRequestId()));
    }

    [Fact]
    public async Task An_organization_is_found_by_its_number_and_not_once_it_is_archived()
    {
        var id = await AddOrganizationAsync("Northwind");
        for (var number = id; number < 12; number++)
        {
            id = await AddOrganizationAsync($"Place {number + 100}");
        }

        Assert.Contains(await FindAsync($"{id}"), hit => hit.Kind == SearchHitKind.Organization && hit.Key == $"{id}");
        Installation.Done(
            await _installation.Get<Organizations>().SetArchivedAsync(id, true, _installation.Administrator, CancellationToken.None)
        );
        Assert.DoesNotContain(await FindAsync($"{id}"), hit => hit.Key == $"{id}");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a ")]
    public async Task Too_short_a_text_is_not_looked_for(string text) => Assert.Empty(await FindAsync(text));

    [Fact]
    public async Task Only_a_system_administrator_may_look()
    {
        var stranger = new Actor(ActorKind.Provider, Guid.NewGuid(), "Contoso");

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            _installation.Get<DirectorySearch>().FindAsync(stranger, "ada", CancellationToken.None)
        );
    }

    private async Task<IReadOnlyList<SearchHit>> FindAsync(string text)
    {
        var hits = await _installation.Get<DirectorySearch>().FindAsync(_installation.Administrator.Actor, text, CancellationToken.None);
        Assert.False(hits.IsPartial);
        return hits.Hits;
    }

    private async Task<int> AddOrganizationAsync(string name) =>
        Installation.Done(
            await _installation
                .Get<Organizations>()
                .CreateAsync(new OrganizationInput { Name = name }, _installation.Administrator, CancellationToken.None)
        );

    private async Task AddRoleAsync(AccountKind kind, string name) =>
        Installation.Done(
            await _installation
                .Get<Roles>()
                .CreateAsync(kind, new RoleInput { Name = name }, _installation.Administrator, CancellationToken.None)
        );
}
