using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Core.SingleSignOn;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Web.Account;

/// <summary>A domain whose people may sign in by their identity provider alone.</summary>
public sealed class RequiredSignOnTests : IAsyncLifetime
{
    private const string Tom = "tom@contoso.com";
    private const string Domain = "contoso.com";
    private readonly SamlHost _host = new();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await AddTomAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("rule-52")]
    public async Task It_is_refused_until_a_system_administrator_has_a_password_and_a_second_factor()
    {
        var refused = Installation.Refused(await RequireAsync(Domain));
        Assert.Equal((RefusalKind.PrerequisiteMissing, nameof(SingleSignOnChoices.RequiredFor)), (refused.Kind, refused.Field));
        Assert.Equal("/home", await SignedInAtAsync());

        await SetUpFactorAsync();
        Installation.Done(await RequireAsync(Domain));

        Assert.Null(await SignedInAtAsync());
    }

    [Fact]
    [Proves("rule-52")]
    public async Task Whoever_has_the_right_password_hears_where_to_sign_in_and_nobody_else_does()
    {
        await SetUpFactorAsync();
        Installation.Done(await RequireAsync(Domain));

        var right = await PageAsync(Tom, PortalHost.Password);
        var wrong = await PageAsync(Tom, "guessed guessed");

        Assert.Contains("You have to sign in by Contoso.", right, StringComparison.Ordinal);
        Assert.Contains($"href=\"/sign-in/{_host.Identifier}?", right, StringComparison.Ordinal);
        Assert.DoesNotContain("Contoso", wrong, StringComparison.Ordinal);
        Assert.Contains("Email or password is wrong.", wrong, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-52")]
    public async Task A_system_administrator_of_the_domain_keeps_the_password()
    {
        await _host.Portal.CreateAdministratorAsync("root@contoso.com");
        await SetUpFactorAsync();
        Installation.Done(await RequireAsync(Domain));

        var answer = await PortalHost.SignInAsync(_host.Portal.OpenBrowser(), "root@contoso.com", path: "/sign-in?with=password");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    [Proves("rule-52")]
    public async Task A_passkey_does_not_lead_around_it()
    {
        await SetUpFactorAsync();
        Installation.Done(await RequireAsync(Domain));
        await using var database = _host.Portal.Get<IDbContextFactory<NinjaIamDbContext>>().CreateDbContext();
        var tom = await database.Users.SingleAsync(user => user.UserName == Tom);

        var step = await _host
            .Portal.Get<SignInSteps>()
            .AfterFirstAsync(tom.Id, FirstFactor.Passkey, Origin.Of(Actor.System), CancellationToken.None);

        Assert.Equal("Contoso", Assert.IsType<SignInStep.UseProvider>(step).Provider.DisplayName);
    }

    [Fact]
    public async Task It_rests_while_single_sign_on_is_disabled_and_holds_again_afterwards()
    {
        await SetUpFactorAsync();
        Installation.Done(await RequireAsync(Domain));
        var connections = _host.Portal.Get<SingleSignOnConnections>();

        Installation.Done(await connections.DisableAsync(_host.ProviderId, _host.Administrator, CancellationToken.None));
        Assert.Equal("/home", await SignedInAtAsync());

        Installation.Done(await connections.EnableAsync(_host.ProviderId, true, _host.Administrator, CancellationToken.None));
        Assert.Null(await SignedInAtAsync());
    }

    [Fact]
    public async Task It_stays_when_the_provider_is_edited_and_goes_with_its_domain()
    {
        await SetUpFactorAsync();
        Installation.Done(await RequireAsync(Domain));

        await EditAsync("fabrikam.com", Domain);
        Assert.Equal([Domain], (await ProviderAsync()).SignOnChoices.RequiredFor);

        await EditAsync("fabrikam.com");
        Assert.Empty((await ProviderAsync()).SignOnChoices.RequiredFor);
        Assert.Equal("/home", await SignedInAtAsync());
    }

    [Fact]
    public async Task A_domain_of_somebody_else_is_refused()
    {
        await SetUpFactorAsync();

        Assert.Contains("fabrikam.com", Installation.Refused(await RequireAsync("fabrikam.com")).Detail, StringComparison.Ordinal);
    }

    private async Task EditAsync(params string[] domains)
    {
        var provider = await ProviderAsync();
        Installation.Done(
            await _host
                .Portal.Get<Providers>()
                .ChangeAsync(
                    provider.Id,
                    provider.Input with
                    {
                        Domains = [.. domains],
                    },
                    provider.Stamp,
                    _host.Administrator,
                    CancellationToken.None
                )
        );
    }

    private async Task<ProviderDetails> ProviderAsync() =>
        (await _host.Portal.Get<Providers>().FindAsync(_host.Administrator.Actor, _host.Identifier, CancellationToken.None))!;

    private Task<Outcome<Completed>> RequireAsync(params string[] domains) =>
        _host
            .Portal.Get<SingleSignOnConnections>()
            .ChangeAsync(
                _host.ProviderId,
                new SingleSignOnChoices(false, false, null, 2) { RequiredFor = domains },
                _host.Administrator,
                CancellationToken.None
            );

    /// <summary>Where Tom lands with the right password; null when he does not get in.</summary>
    private async Task<string?> SignedInAtAsync()
    {
        var answer = await PortalHost.SignInAsync(_host.Portal.OpenBrowser(), Tom, path: "/sign-in?with=password");
        return answer.Headers.Location?.PathAndQuery;
    }

    private async Task<string> PageAsync(string email, string password)
    {
        var answer = await PortalHost.SignInAsync(_host.Portal.OpenBrowser(), email, password, "/sign-in?with=password");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private Task SetUpFactorAsync() =>
        WriteAsync(async database =>
        {
            var ada = await database.Users.SingleAsync(user => user.Id == _host.Administrator.Actor.Id);
            ada.TwoFactorEnabled = true;
        });

    private Task AddTomAsync() =>
        WriteAsync(database =>
        {
            var tom = new User
            {
                Id = Guid.NewGuid(),
                UserName = Tom,
                NormalizedUserName = TextKey.Of(Tom),
                Kind = AccountKind.Technician,
                SecurityStamp = Guid.NewGuid().ToString("N"),
            };
            tom.PasswordHash = _host.Portal.Get<IPasswordHasher<User>>().HashPassword(tom, PortalHost.Password);
            database.Users.Add(tom);
            return Task.CompletedTask;
        });

    private Task WriteAsync(Func<NinjaIamDbContext, Task> change) =>
        _host
            .Portal.Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    await change(scope.Database);
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
}
