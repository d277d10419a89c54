using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Accounts;
using Xunit;

namespace NinjaIam.Tests.Web.Accounts;

public sealed class PersonWatchTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    public async Task A_circuit_never_becomes_somebody_elses()
    {
        using var watch = Watch();
        var (bob, eve) = (await StateAsync("bob@example.com"), await StateAsync("eve@example.com"));

        Tell(watch, bob);
        Assert.Equal("bob@example.com", (await watch.GetAuthenticationStateAsync()).User.Identity?.Name);
        Tell(watch, bob);
        Assert.Equal("bob@example.com", (await watch.GetAuthenticationStateAsync()).User.Identity?.Name);
        Tell(watch, eve);

        Assert.False((await watch.GetAuthenticationStateAsync()).User.IsSignedIn());
    }

    [Fact]
    public async Task A_session_that_is_ended_elsewhere_leaves_the_open_page_by_itself()
    {
        using var watch = Watch();
        var id = await new SampleDirectory(_installation).AddPersonAsync("bob@example.com");
        var (open, other) = (await StartAsync(id), await StartAsync(id));
        Tell(watch, new AuthenticationState(PersonIdentity.Of(open)));
        var left = new TaskCompletionSource();
        watch.AuthenticationStateChanged += async state =>
        {
            if (!(await state).User.IsSignedIn())
            {
                left.TrySetResult();
            }
        };

        Installation.Done(
            await _installation
                .Get<Sessions>()
                .EndOthersAsync(
                    id,
                    Origin.Of(new Actor(ActorKind.Person, id, "bob@example.com")) with
                    {
                        SessionId = other.Id,
                    },
                    CancellationToken.None
                )
        );

        await left.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private PersonWatch Watch() => new(NullLoggerFactory.Instance, _installation.Get<Sessions>(), _installation.Get<ChangeFeed>());

    private static void Tell(PersonWatch watch, AuthenticationState state) =>
        ((IHostEnvironmentAuthenticationStateProvider)watch).SetAuthenticationState(Task.FromResult(state));

    private async Task<AuthenticationState> StateAsync(string name) =>
        new(PersonIdentity.Of(await StartAsync(await new SampleDirectory(_installation).AddPersonAsync(name))));

    private async Task<LiveSession> StartAsync(Guid id) =>
        await _installation.Get<Sessions>().StartAsync(id, Origin.Of(Actor.System), CancellationToken.None)
        ?? throw new InvalidOperationException("The session could not be started.");
}
