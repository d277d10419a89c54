using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Accounts;

/// <summary>What asks again for the password, and what counts as an answer.</summary>
public sealed class StepUpTests : IAsyncLifetime
{
    private static readonly TokenAccess ReadOnly = new(TokenScope.Read, []);

    private readonly Installation _installation = new();
    private Guid _provider;
    private string _token = "";
    private Origin _ada = Origin.Of(Actor.System);

    public static TheoryData<string> Acts =>
        [
            nameof(ScimConnections.EnableAsync),
            nameof(ScimConnections.CreateTokenAsync),
            nameof(ScimConnections.RotateAsync),
            nameof(ScimConnections.RevokeTokenAsync),
            nameof(ScimConnections.ChangeTokenAsync),
            nameof(ScimConnections.DisableAsync),
            nameof(ScimConnections.DisableProviderAsync),
            nameof(ProviderRemoval.DeleteAsync),
            nameof(Providers.ImportMetadataAsync),
        ];

    public async Task InitializeAsync()
    {
        await _installation.InitializeAsync();
        var content = new ProviderDraftContent
        {
            Input = Samples.Provider(),
            Metadata = Samples.Metadata(_installation.Clock.GetUtcNow().AddDays(340)),
        };
        var identifier = Installation.Done(
            await _installation.Get<ProviderDrafts>().CreateAsync(content, _installation.Administrator, CancellationToken.None)
        );
        _provider = _installation.Get<ProviderRegister>().Find(identifier)!.Id;
        _ada = await SignInAsync();
    }

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Theory]
    [MemberData(nameof(Acts))]
    [Proves("rule-18", "asvs-7.5.3")]
    public async Task Five_minutes_after_signing_in_the_act_is_refused_and_changes_nothing_until_the_password_was_given(string act)
    {
        await PrepareAsync(act);
        _installation.Clock.Advance(StepUpGuard.Lasts);
        var before = await StateAsync();

        Assert.Equal(RefusalKind.StepUpRequired, await DoAsync(act, _ada));
        Assert.Equal(before, await StateAsync());
        Installation.Done(await ConfirmAsync(Installation.AdministratorPassword));

        Assert.Null(await DoAsync(act, _ada));
        Assert.NotEqual(before, await StateAsync());
    }

    [Theory]
    [MemberData(nameof(Acts))]
    [Proves("rule-18")]
    public async Task Signing_in_counts_for_less_than_five_minutes(string act)
    {
        await PrepareAsync(act);
        _installation.Clock.Advance(StepUpGuard.Lasts - TimeSpan.FromSeconds(1));

        Assert.Null(await DoAsync(act, _ada));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    [Proves("rule-18")]
    public async Task Neither_another_sign_in_of_the_same_person_nor_one_of_somebody_else_counts(string act)
    {
        await PrepareAsync(act);
        var old = _ada;
        _installation.Clock.Advance(StepUpGuard.Lasts);
        var fresh = await SignInAsync();
        var sam = await AddAsync("sam@example.com", AccountKind.SystemAdministrator);
        var technician = await AddAsync("eve@example.com", AccountKind.Technician);
        var before = await StateAsync();

        Assert.Equal(RefusalKind.StepUpRequired, await DoAsync(act, old));
        Assert.Equal(RefusalKind.StepUpRequired, await DoAsync(act, old with { SessionId = null }));
        Assert.Equal(RefusalKind.StepUpRequired, await DoAsync(act, old with { SessionId = sam.SessionId }));
        Assert.Equal(RefusalKind.NotAllowed, await DoAsync(act, technician));
        Assert.Equal(RefusalKind.NotAllowed, await DoAsync(act, technician with { SessionId = fresh.SessionId }));
        Assert.Equal(RefusalKind.NotAllowed, await DoAsync(act, Origin.Of(new Actor(ActorKind.Provider, _provider, "Contoso"))));
        Assert.Equal(before, await StateAsync());

        Assert.Null(await DoAsync(act, fresh));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task The_command_line_is_not_asked(string act)
    {
        await PrepareAsync(act);
        _installation.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(await DoAsync(act, Origin.Of(Actor.CommandLine)));
    }

    [Fact]
    public async Task A_sign_in_that_has_ended_counts_no_more_and_cannot_be_confirmed()
    {
        await PrepareAsync(nameof(ScimConnections.DisableAsync));
        await _installation.Get<Sessions>().EndAsync(_ada.SessionId!.Value, _ada, CancellationToken.None);

        Assert.Equal(RefusalKind.StepUpRequired, await DoAsync(nameof(ScimConnections.DisableAsync), _ada));
        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(await ConfirmAsync(Installation.AdministratorPassword)).Kind);
    }

    [Fact]
    [Proves("rule-18")]
    public async Task Wrong_passwords_are_recorded_and_wait_longer_each_time_as_at_sign_in()
    {
        _installation.Clock.Advance(StepUpGuard.Lasts);

        Assert.Equal("The password is wrong.", Installation.Refused(await ConfirmAsync("wrong")).Detail);
        Assert.Equal("The password is wrong.", Installation.Refused(await ConfirmAsync("wrong")).Detail);
        Assert.Equal("Wait 1 second, then try again.", Installation.Refused(await ConfirmAsync("wrong")).Detail);
        Assert.Equal("Wait 1 second, then try again.", Installation.Refused(await ConfirmAsync(Installation.AdministratorPassword)).Detail);
        Assert.Equal(StepUpWay.Password, await _installation.Get<StepUpCheck>().WayAsync(_ada, CancellationToken.None));
        Assert.IsType<PasswordSignInResult.Wait>(await TrySignInAsync(Installation.AdministratorPassword));
        _installation.Clock.Advance(TimeSpan.FromSeconds(1));
        Installation.Done(await ConfirmAsync(Installation.AdministratorPassword));

        Assert.Equal(StepUpWay.NotNeeded, await _installation.Get<StepUpCheck>().WayAsync(_ada, CancellationToken.None));
        await _installation.Get<SecurityLog>().FlushAsync(CancellationToken.None);
        var activities = await _installation.Get<Activities>().ListAsync(Actor.System, new ActivityFilter(), 20, CancellationToken.None);
        var refused = activities.Where(activity => activity.Kind == SecurityCause.StepUpRefused).ToList();
        Assert.Equal(4, refused.Sum(activity => activity.Count));
        Assert.All(refused, activity => Assert.Contains("Ada Lind", activity.Detail, StringComparison.Ordinal));
        Assert.All(refused, activity => Assert.DoesNotContain("wrong,", activity.Detail, StringComparison.Ordinal));
        var done = Assert.Single(activities, activity => activity.Kind == JournalKind.StepUpDone);
        Assert.Equal(("Ada Lind", _ada.Actor.Id.ToString()), (done.ActorName, done.ResourceId));
    }

    [Fact]
    public async Task A_password_that_was_replaced_meanwhile_confirms_nothing()
    {
        _installation.Clock.Advance(StepUpGuard.Lasts);
        Installation.Done(
            await _installation
                .Get<Administrators>()
                .ReplacePasswordAsync(Installation.AdministratorEmail, "another horse battery", CancellationToken.None)
        );

        Assert.Equal("The password is wrong.", Installation.Refused(await ConfirmAsync(Installation.AdministratorPassword)).Detail);
    }

    // What the act needs to be there.
    private async Task PrepareAsync(string act)
    {
        if (act == nameof(ScimConnections.EnableAsync))
        {
            return;
        }

        var issued = Installation.Done(
            await _installation.Get<ScimConnections>().EnableAsync(_provider, Origin.Of(Actor.CommandLine), CancellationToken.None)
        );
        _token = issued!.PublicId;
        if (act == nameof(ProviderRemoval.DeleteAsync))
        {
            Installation.Done(
                await _installation
                    .Get<ScimConnections>()
                    .DisableAsync(_provider, PeopleChoice.Keep, Origin.Of(Actor.CommandLine), CancellationToken.None)
            );
        }
    }

    private Task<RefusalKind?> DoAsync(string act, Origin origin)
    {
        var connections = _installation.Get<ScimConnections>();
        return act switch
        {
            nameof(ScimConnections.EnableAsync) => Kind(connections.EnableAsync(_provider, origin, default)),
            nameof(ScimConnections.CreateTokenAsync) => Kind(connections.CreateTokenAsync(_provider, null, origin, default)),
            nameof(ScimConnections.RotateAsync) => Kind(
                connections.RotateAsync(_provider, _token, RotationEnd.WhenRevoked, origin, default)
            ),
            nameof(ScimConnections.RevokeTokenAsync) => Kind(connections.RevokeTokenAsync(_provider, _token, origin, default)),
            nameof(ScimConnections.ChangeTokenAsync) => Kind(
                connections.ChangeTokenAsync(_provider, _token, ReadOnly, "Production", origin, default)
            ),
            nameof(ScimConnections.DisableProviderAsync) => Kind(
                connections.DisableProviderAsync(_provider, PeopleChoice.Keep, origin, default)
            ),
            nameof(ProviderRemoval.DeleteAsync) => Kind(
                _installation.Get<ProviderRemoval>().DeleteAsync(_provider, PeopleChoice.Convert, origin, default)
            ),
            nameof(Providers.ImportMetadataAsync) => Kind(
                _installation
                    .Get<Providers>()
                    .ImportMetadataAsync(_provider, Samples.Metadata(_installation.Clock.GetUtcNow().AddDays(100)), origin, default)
            ),
            _ => Kind(connections.DisableAsync(_provider, PeopleChoice.Keep, origin, default)),
        };

        static async Task<RefusalKind?> Kind<T>(Task<Outcome<T>> outcome) =>
            (await outcome).Match<RefusalKind?>(_ => null, refusal => refusal.Kind);
    }

    private Task<Outcome<Completed>> ConfirmAsync(string password) =>
        _installation.Get<StepUpCheck>().ConfirmAsync(password, _ada, CancellationToken.None);

    private Task<PasswordSignInResult> TrySignInAsync(string password, string email = Installation.AdministratorEmail) =>
        _installation.Get<PasswordSignIn>().TryAsync(email, password, Origin.Of(Actor.System), CancellationToken.None);

    /// <summary>A real sign-in, unlike the one that most tests have.</summary>
    private async Task<Origin> SignInAsync(string email = Installation.AdministratorEmail)
    {
        var session = Installation.SessionOf(await TrySignInAsync(Installation.AdministratorPassword, email));
        return Origin.Of(new Actor(ActorKind.Administrator, session.AccountId, session.Name)) with { SessionId = session.Id };
    }

    private async Task<Origin> AddAsync(string email, AccountKind kind)
    {
        var wanted = new NewAdministrator
        {
            FullName = email,
            Email = email,
            Password = Installation.AdministratorPassword,
        };
        var id = Installation.Done(
            await _installation
                .Get<Administrators>()
                .CreateAsync(wanted, onlyAsFirst: false, Origin.Of(Actor.CommandLine), CancellationToken.None)
        );
        await _installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    (await scope.Database.Users.SingleAsync(user => user.Id == id)).Kind = kind;
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
        return await SignInAsync(email);
    }

    private async Task<string> StateAsync()
    {
        await using var database = _installation.Read();
        var provider = await database.IdentityProviders.AsNoTracking().SingleOrDefaultAsync();
        var tokens = await database.ScimTokens.AsNoTracking().OrderBy(token => token.PublicId).ToListAsync();
        var about = await database.JournalRows.CountAsync(row => row.ProviderId != null);
        return $"{provider?.ScimEnabled} {provider?.ConcurrencyStamp} {about} "
            + string.Join(
                ';',
                tokens.Select(token => $"{token.PublicId} {token.RevokedAt} {token.ReplacedBy} {token.Label} {token.Scope}")
            );
    }
}
