using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

public sealed class ProviderCloneTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    private ProviderDrafts Drafts => _installation.Get<ProviderDrafts>();

    private Organizations Organizations => _installation.Get<Organizations>();

    [Fact]
    [Proves("rule-56")]
    public async Task A_clone_takes_over_vendor_and_boundary_and_nothing_else()
    {
        var second = await AddOrganizationAsync("Fabrikam");
        var input = Samples.Provider(vendor: Vendor.Okta) with
        {
            OrganizationIds = [1, second],
            DefaultOrganizationId = second,
            MayCreateTechnicians = true,
            AllowsEqualGroupNames = true,
        };
        var contoso = await AddAsync(input);

        var draft = await CloneAsync(contoso);

        Assert.NotEqual(contoso, draft.UniqueIdentifier);
        Assert.Null(draft.Content.Metadata);
        Assert.Equal(("", 0), (draft.Content.Input.DisplayName, draft.Content.Input.Domains.Count));
        Assert.Equal(
            (Vendor.Okta, false, second, true, true),
            (
                draft.Content.Input.Vendor!.Value,
                draft.Content.Input.AllOrganizations,
                draft.Content.Input.DefaultOrganizationId!.Value,
                draft.Content.Input.MayCreateTechnicians,
                draft.Content.Input.AllowsEqualGroupNames
            )
        );
        Assert.Equal([1, second], draft.Content.Input.OrganizationIds);
        Assert.Equal(1, await _installation.Get<Providers>().CountAsync(_installation.Administrator.Actor, CancellationToken.None));
    }

    [Fact]
    public async Task A_clone_may_use_all_organizations_where_its_model_may()
    {
        var contoso = await AddAsync(
            Samples.Provider() with
            {
                AllOrganizations = true,
                OrganizationIds = [],
                DefaultOrganizationId = null,
            }
        );

        var input = (await CloneAsync(contoso)).Content.Input;

        Assert.True(input.AllOrganizations);
        Assert.Null(input.DefaultOrganizationId);
    }

    [Fact]
    public async Task An_archived_organization_is_left_out()
    {
        var second = await AddOrganizationAsync("Fabrikam");
        var contoso = await AddAsync(Samples.Provider() with { OrganizationIds = [1, second], DefaultOrganizationId = 1 });
        Installation.Done(
            await Organizations.SetArchivedAsync(second, archived: true, _installation.Administrator, CancellationToken.None)
        );

        var input = (await CloneAsync(contoso)).Content.Input;

        Assert.Equal([1], input.OrganizationIds);
        Assert.Equal(1, input.DefaultOrganizationId);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_cloned_and_only_an_administrator_clones()
    {
        var contoso = await AddAsync(Samples.Provider());
        var unknown = await Drafts.CloneAsync("k3v9q2mh7tab", _installation.Administrator, CancellationToken.None);
        var stranger = Origin.Of(new Actor(ActorKind.Administrator, Guid.NewGuid(), "Sam Roy"));

        Assert.Equal(RefusalKind.NotFound, Installation.Refused(unknown).Kind);
        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(await Drafts.CloneAsync(contoso, stranger, CancellationToken.None)).Kind);
        Assert.Empty(await Drafts.ListAsync(_installation.Administrator.Actor, CancellationToken.None));
    }

    private async Task<ProviderDraftView> CloneAsync(string identifier)
    {
        var id = Installation.Done(await Drafts.CloneAsync(identifier, _installation.Administrator, CancellationToken.None));
        return (await Drafts.FindAsync(_installation.Administrator.Actor, id, CancellationToken.None))!;
    }

    private async Task<string> AddAsync(ProviderInput input)
    {
        var content = new ProviderDraftContent { Input = input, Metadata = Samples.Metadata(_installation.Clock.GetUtcNow().AddDays(340)) };
        return Installation.Done(await Drafts.CreateAsync(content, _installation.Administrator, CancellationToken.None));
    }

    private async Task<int> AddOrganizationAsync(string name) =>
        Installation.Done(
            await Organizations.CreateAsync(new OrganizationInput { Name = name }, _installation.Administrator, CancellationToken.None)
        );
}
