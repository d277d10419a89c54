using NinjaIam.Core.SingleSignOn;
using NinjaIam.Tests.Conformance;
using Xunit;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>What an administrator finds in Activities under the incident ID that a refused person sees.</summary>
public sealed class IncidentTests : IAsyncLifetime
{
    private readonly SamlHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Proves("rule-46")]
    public async Task What_a_signed_response_said_stands_there_whatever_it_was_refused_for(bool isUnknownPerson)
    {
        var values = string.Concat(Enumerable.Range(1, 7).Select(number => $"<saml:AttributeValue>group {number}</saml:AttributeValue>"));
        var browser = _host.Portal.OpenBrowser();
        var sample = _host.Genuine(await _host.StartAsync(browser)) with
        {
            NameId = "nobody@contoso.com",
            Attributes =
                $"""<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>no&#10;body</saml:AttributeValue></saml:Attribute><saml:Attribute Name="groups">{values}</saml:Attribute></saml:AttributeStatement>""",
        };

        var answer = await _host.DeliverAsync(browser, isUnknownPerson ? sample : sample with { Audience = "https://other.example" });

        var activity = await _host.ActivityAsync(answer.Incident!);
        Assert.Equal(isUnknownPerson ? SamlReason.UnknownPerson : SamlReason.Audience, SamlHost.ReasonOf(activity));
        Assert.EndsWith(
            $" Issuer: “{SampleIdentityProvider.EntityId}”. NameID: “nobody@contoso.com”. Attributes: “mail” = “no\uFFFDbody”; "
                + "“groups” = “group 1”, “group 2”, “group 3”, “group 4”, “group 5” and 2 more.",
            activity.Detail,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("group 1", answer.Page, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-46")]
    public async Task Of_a_response_that_anybody_may_have_made_attributes_are_not_kept_and_the_rest_is_marked_and_short()
    {
        using var attacker = new SampleIdentityProvider(_host.Now.AddYears(-1), _host.Now.AddYears(1));
        var browser = _host.Portal.OpenBrowser();
        var sample = _host.Genuine(await _host.StartAsync(browser)) with { NameId = new string('n', 500) };

        var answer = await _host.DeliverAsync(browser, SampleIdentityProvider.Encode(attacker.Respond(sample)));

        var activity = await _host.ActivityAsync(answer.Incident!);
        Assert.Equal(SamlReason.SignatureWrong, SamlHost.ReasonOf(activity));
        Assert.EndsWith(
            $" Issuer: “{SampleIdentityProvider.EntityId}”. NameID: “{new string('n', 120)}…”. None of this is proved.",
            activity.Detail,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("mail", activity.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-46")]
    public async Task In_a_flood_every_incident_that_is_shown_is_found()
    {
        var browser = _host.Portal.OpenBrowser();
        var shown = new List<string>();
        for (var number = 0; number < 110; number++)
        {
            shown.Add((await _host.DeliverAsync(browser, SampleIdentityProvider.Encode("<x/>"))).Incident!);
        }

        var request = await _host.StartAsync(browser);
        shown.Add((await _host.DeliverAsync(browser, _host.Genuine(request) with { NameId = "nobody@contoso.com" })).Incident!);

        // A hundred have a row of their own; the others share one, and are shown its ID.
        Assert.Equal(101, shown.Distinct().Count());
        Assert.Single(shown.Skip(100).Distinct());
        Assert.Equal(1, (await _host.ActivityAsync(shown[0])).Count);
        var shared = await _host.ActivityAsync(shown[^1]);
        Assert.Equal((11, shown[^1], "Contoso"), (shared.Count, shared.RequestId, shared.ProviderName));

        _host.Portal.Advance(TimeSpan.FromMinutes(1));
        var later = await _host.DeliverAsync(browser, SampleIdentityProvider.Encode("<x/>"));
        Assert.Equal(1, (await _host.ActivityAsync(later.Incident!)).Count);
    }
}
