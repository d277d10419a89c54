using System.Text;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>A file of people is evaluated as if the provider sent them, and leaves no trace.</summary>
public sealed class PreviewFileTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.StopNotingUseAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("rule-26")]
    public async Task Every_line_is_told_what_would_become_of_it_and_nothing_is_stored()
    {
        await _host.Contoso.AddUserAsync("ben@contoso.com");
        await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var before = await _host.StateAsync();

        var lines = Installation.Done(
            await EvaluateAsync(
                """
                userName,email,GivenName,userType,organizationId
                new@contoso.com,new@contoso.com,Nina,,
                ben@contoso.com,,,,
                guest@contoso.com,,,Guest,
                tech@contoso.com,,,Technician,
                far@contoso.com,,,,99
                x@fabrikam.com,,,,
                new@contoso.com,,,,
                ,,Nobody,,
                "bro"ken,,,,
                """
            )
        );

        Assert.Equal(
            [
                PreviewResult.New,
                PreviewResult.Collides,
                PreviewResult.Refused,
                PreviewResult.Refused,
                PreviewResult.Refused,
                PreviewResult.Collides,
                PreviewResult.Collides,
                PreviewResult.Refused,
                PreviewResult.Refused,
            ],
            lines.Select(line => line.Result)
        );
        Assert.Equal(Enumerable.Range(2, 9), lines.Select(line => line.Line));
        Assert.Contains("\"99\"", lines[4].Detail);
        Assert.Contains("another identity provider", lines[5].Detail);
        Assert.Equal("Line 2 has the same userName.", lines[6].Detail);
        Assert.Equal(before, await _host.StateAsync());
    }

    [Theory]
    [InlineData("name\nada\n", "no column userName")]
    [InlineData("userName,secret\nada,x\n", "\"secret\" is unknown")]
    [InlineData("userName\n", "no people")]
    public async Task A_file_of_other_columns_is_refused_with_those_that_there_are(string file, string reason) =>
        Assert.Contains(reason, Installation.Refused(await EvaluateAsync(file)).Detail, StringComparison.Ordinal);

    [Fact]
    [Proves("rule-2")]
    public async Task Nobody_but_a_system_administrator_evaluates()
    {
        var stranger = Origin.Of(new Actor(ActorKind.Administrator, Guid.NewGuid(), "Eve"));

        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(await EvaluateAsync("userName\nada@contoso.com\n", stranger)).Kind);
    }

    private Task<Outcome<IReadOnlyList<EvaluatedLine>>> EvaluateAsync(string file, Origin? origin = null) =>
        _host
            .Get<PreviewFile>()
            .EvaluateAsync(_host.Contoso.ProviderId, Encoding.UTF8.GetBytes(file), origin ?? _host.Administrator, CancellationToken.None);
}
