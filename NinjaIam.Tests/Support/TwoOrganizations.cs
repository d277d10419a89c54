using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Storage;
using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>
/// An installation with organizations A and B, a person in each, one in both, one in all, one in none and one who was deleted, and a group of
/// each of the first two.
/// </summary>
internal sealed class TwoOrganizations(Installation installation)
{
    private readonly SampleDirectory _directory = new(installation);

    public int A { get; private set; }

    public int B { get; private set; }

    public Guid Anna { get; private set; }

    public Guid Ben { get; private set; }

    public Guid Cleo { get; private set; }

    public Guid Dora { get; private set; }

    public Guid Nina { get; private set; }

    public ProviderDetails Provider { get; private set; } = default!;

    public async Task CreateAsync()
    {
        Provider = await _directory.AddProviderAsync();
        A = await OrganizationAsync("A-land");
        B = await OrganizationAsync("B-land");
        Anna = await AddAsync("anna", A);
        Ben = await AddAsync("ben", B);
        Cleo = await AddAsync("cleo", A, B);
        Dora = await AddAsync("dora");
        await _directory.ChangePersonAsync(Dora, person => person.AllOrganizations = true);
        Nina = await AddAsync("nina");
        await _directory.ChangePersonAsync(await AddAsync("gone", A), person => person.DeletedAt = installation.Clock.GetUtcNow());
        await _directory.AddGroupAsync("Group of A", Provider, Anna);
        await _directory.AddGroupAsync("Group of B", Provider, Ben);
        foreach (var person in (Guid[])[Anna, Ben, Cleo, Dora, Nina])
        {
            // Something that happened to everybody.
            var access = installation.Get<PersonAccess>();
            Installation.Done(await access.BlockAsync(person, installation.Administrator, CancellationToken.None));
            Installation.Done(await access.UnblockAsync(person, installation.Administrator, CancellationToken.None));
        }
    }

    private async Task<int> OrganizationAsync(string name) =>
        Installation.Done(
            await installation
                .Get<Organizations>()
                .CreateAsync(new OrganizationInput { Name = name }, installation.Administrator, CancellationToken.None)
        );

    private async Task<Guid> AddAsync(string name, params IReadOnlyList<int> organizations)
    {
        var id = await _directory.AddPersonAsync($"{name}@contoso.com", Provider);
        await installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    scope.Database.AccountOrganizations.AddRange(
                        organizations.Select(organization => new AccountOrganization { AccountId = id, OrganizationId = organization })
                    );
                    return await scope.Database.SaveChangesAsync(CancellationToken.None);
                },
                CancellationToken.None
            );
        return id;
    }
}

/// <summary>One installation with two organizations for all tests of a class, which leave it as they found it but for those who signed in.</summary>
public sealed class TwoOrganizationsInstallation : IAsyncLifetime
{
    public TwoOrganizationsInstallation() => Two = new TwoOrganizations(Installation);

    public Installation Installation { get; } = new();

    internal TwoOrganizations Two { get; }

    public async Task InitializeAsync()
    {
        await Installation.InitializeAsync();
        await Two.CreateAsync();
    }

    public Task DisposeAsync() => Installation.DisposeAsync();
}
