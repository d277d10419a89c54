using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Tokens;

public sealed class TokenUsageTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_could_not_be_written_is_kept_with_the_first_and_the_newest_use()
    {
        Exception? failure = new InvalidOperationException("The disk is full.");
        using var usage = new TokenUsage(
            new BreakableWritePath(_host.Get<IWritePath>(), () => failure),
            _host.Get<ChangeFeed>(),
            _host.Clock,
            NullLogger<TokenUsage>.Instance
        );
        var token = _host.Get<TokenRegister>().Check(_host.Contoso.Token).Token!;
        var first = _host.Clock.GetUtcNow();

        usage.Used(token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => usage.FlushAsync(CancellationToken.None));
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        usage.Used(token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => usage.FlushAsync(CancellationToken.None));
        failure = null;
        await usage.FlushAsync(CancellationToken.None);

        await using var database = _host.Read();
        var stored = await database.ScimTokens.SingleAsync(row => row.PublicId == token.PublicId);
        Assert.Equal((first, first.AddSeconds(10)), (stored.FirstUsedAt, stored.LastUsedAt));
    }
}
