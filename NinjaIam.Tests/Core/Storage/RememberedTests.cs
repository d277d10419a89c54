using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Storage;

public sealed class RememberedTests : IAsyncLifetime
{
    private readonly Installation _installation = new();
    private WatchedReads _reads = null!;
    private TokenRegister _tokens = null!;
    private ProviderRegister _providers = null!;

    public async Task InitializeAsync()
    {
        await _installation.InitializeAsync();
        _reads = new WatchedReads(_installation.Get<SqliteDatabase>());
        _tokens = new TokenRegister(_reads, _installation.Clock, NullLogger<TokenRegister>.Instance);
        _providers = new ProviderRegister(_reads, NullLogger<ProviderRegister>.Instance);
    }

    public async Task DisposeAsync()
    {
        _tokens.Dispose();
        _providers.Dispose();
        await _installation.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_read_before_a_change_never_take_the_place_of_those_read_after_it()
    {
        var provider = await AddAsync();
        var hold = _reads.HoldNext();

        var older = _tokens.ReloadAsync(CancellationToken.None);
        var token = Installation.Done(
            await _installation.Get<ScimConnections>().EnableAsync(provider, _installation.Administrator, CancellationToken.None)
        );
        var newer = _tokens.ReloadAsync(CancellationToken.None);
        Assert.False(older.IsCompleted);
        hold.SetResult();
        await Task.WhenAll(older, newer);

        Assert.Null(_tokens.Check(token!.Text).Refusal);
    }

    [Fact]
    public async Task Boundaries_read_before_a_change_never_take_the_place_of_those_read_after_it()
    {
        var hold = _reads.HoldNext();

        var older = _providers.ReloadAsync(CancellationToken.None);
        var provider = await AddAsync();
        var newer = _providers.ReloadAsync(CancellationToken.None);
        Assert.False(older.IsCompleted);
        hold.SetResult();
        await Task.WhenAll(older, newer);

        Assert.Equal([1], _providers.Find(provider)!.Organizations);
    }

    [Fact]
    public async Task A_token_that_was_issued_is_answered_though_reading_it_fails_and_is_read_again_until_it_works()
    {
        var provider = await AddAsync();
        using var writePath = new SqliteWritePath(
            _installation.Get<SqliteDatabase>(),
            Options.Create(new StorageOptions()),
            _installation.Clock,
            [_tokens, _providers],
            NullLogger<SqliteWritePath>.Instance
        );
        await writePath.StartAsync(CancellationToken.None);
        var connections = new ScimConnections(
            writePath,
            _installation.Get<ScimTokens>(),
            _installation.Get<IManagedPeople>(),
            _installation.Get<ChangeJournal>()
        );
        using var refresh = new RememberedRefresh(
            [_tokens, _providers],
            _installation.Get<SqliteDatabase>(),
            NullLogger<RememberedRefresh>.Instance
        );
        await refresh.RefreshAsync(CancellationToken.None);

        _reads.Failure = new InvalidOperationException("The disk is gone.");
        var token = Installation.Done(await connections.EnableAsync(provider, _installation.Administrator, CancellationToken.None));
        await writePath.StopAsync(CancellationToken.None);
        await refresh.RefreshAsync(CancellationToken.None);
        Assert.Equal(TokenRefusal.Unknown, _tokens.Check(token!.Text).Refusal);
        _reads.Failure = null;
        await refresh.RefreshAsync(CancellationToken.None);

        Assert.Null(_tokens.Check(token.Text).Refusal);
        Assert.True(_providers.Find(provider)!.ScimEnabled);
    }

    private async Task<Guid> AddAsync()
    {
        var content = new ProviderDraftContent
        {
            Input = Samples.Provider(),
            Metadata = Samples.Metadata(_installation.Clock.GetUtcNow().AddDays(340)),
        };
        var identifier = Installation.Done(
            await _installation.Get<ProviderDrafts>().CreateAsync(content, _installation.Administrator, CancellationToken.None)
        );
        return _installation.Get<ProviderRegister>().Find(identifier)!.Id;
    }
}
