using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Reliability;

public sealed class FairnessTests : IAsyncLifetime
{
    private const int Flood = 300;

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Nobody_waits_for_all_that_one_provider_has_sent_before()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));

        await _host.TogetherAsync(
            Enumerable
                .Range(0, Flood)
                .Select(number => _host.Contoso.AddUserAsync($"person{number}@contoso.com"))
                .Concat(Enumerable.Range(0, 3).Select(number => fabrikam.AddUserAsync($"person{number}@fabrikam.com")))
                .Concat(Enumerable.Range(0, 3).Select(OrganizationAsync))
        );

        await using var database = _host.Read();
        var last = await database.JournalRows.OrderByDescending(row => row.Seq).Take(Flood + 6).OrderBy(row => row.Seq).ToListAsync();
        Assert.Equal(Flood, last.Count(row => row.ProviderId == _host.Contoso.ProviderId));
        // Three lanes, served in turn.
        Assert.InRange(last.FindLastIndex(row => row.ProviderId == fabrikam.ProviderId), 0, 8);
        Assert.InRange(last.FindLastIndex(row => row.Kind == JournalKind.OrganizationCreated), 0, 8);
    }

    private async Task<string> OrganizationAsync(int number)
    {
        var input = new OrganizationInput { Name = $"Branch {number}" };
        var created = await _host.Get<Organizations>().CreateAsync(input, _host.Administrator, CancellationToken.None);
        return Installation.Done(created).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
