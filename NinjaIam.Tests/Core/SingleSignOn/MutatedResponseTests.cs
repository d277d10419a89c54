using System.Diagnostics;
using System.Net;
using System.Text;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>Valid responses of eight vendors, broken at random: what is accepted all the same says what its provider had said.</summary>
public sealed class MutatedResponseTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    private static int Cases => Scale.Of("NINJAIAM_CASES", 4_000);

    [Fact]
    public void A_broken_response_never_means_something_else()
    {
        var random = new Random(Seed.Next(output));
        using var provider = new SampleIdentityProvider(Now.AddYears(-1), Now.AddYears(1));
        var rules = RulesOf(provider);
        var originals = VendorResponses
            .Vendors.Select(vendor => Encoding.UTF8.GetBytes(VendorResponses.Make(vendor, Sample(rules), provider)))
            .ToList();
        var meanings = originals.ConvertAll(original => MeaningOf(ResponseValidator.Check(original, rules).Assertion!));
        var reasons = new Dictionary<string, int>(StringComparer.Ordinal);
        var longest = TimeSpan.Zero;

        for (var number = 0; number < Cases; number++)
        {
            var which = random.Next(originals.Count);
            var mutated = Mutate(originals[which], originals[random.Next(originals.Count)], random);
            var watch = Stopwatch.StartNew();
            var result = ResponseValidator.Check(mutated, rules);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;

            if (result.Assertion is { } accepted)
            {
                Assert.True(meanings.Contains(MeaningOf(accepted)), Encoding.UTF8.GetString(mutated));
            }

            var reason = result.Refusal?.Reason ?? "accepted, as it was meant";
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        }

        foreach (var (reason, count) in reasons.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"{count, 8} {reason}");
        }

        output.WriteLine($"{Cases, 8} cases, longest {longest.TotalMilliseconds:0.0} ms");
        Assert.True(longest < Guard, $"{longest}");
    }

    [Fact]
    public async Task No_broken_response_is_a_server_error()
    {
        var host = new SamlHost();
        await host.InitializeAsync();
        try
        {
            var random = new Random(Seed.Next(output));
            var browser = host.Portal.OpenBrowser();
            var original = Encoding.UTF8.GetBytes(host.Provider.Respond(host.Genuine(await host.StartAsync(browser))).OuterXml);
            for (var number = 0; number < Math.Min(Cases / 20, 2_000); number++)
            {
                var encoded = Convert.ToBase64String(Mutate(original, original, random));
                var answer = await host.DeliverAsync(host.Portal.OpenBrowser(), encoded);
                Assert.Equal((HttpStatusCode.Forbidden, false), (answer.Status, answer.HasSession));
            }
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static ResponseRules RulesOf(SampleIdentityProvider provider) =>
        new(
            SampleIdentityProvider.EntityId,
            "https://iam.example.com/saml/abc",
            "https://iam.example.com/saml/abc",
            [
                new SigningCertificate
                {
                    ProviderId = Guid.Empty,
                    Fingerprint = "",
                    Subject = "",
                    NotBefore = Now.AddYears(-1),
                    NotAfter = Now.AddYears(1),
                    Der = provider.Certificate.RawData,
                },
            ],
            TimeSpan.FromMinutes(2),
            Now
        );

    private static SampleResponse Sample(ResponseRules rules) =>
        new()
        {
            Issuer = rules.Issuer,
            Audience = rules.Audience,
            ReplyUrl = rules.ReplyUrl,
            InResponseTo = "_request",
            Now = Now,
        };

    private static string MeaningOf(SamlAssertion assertion) =>
        string.Join(
            '|',
            [
                assertion.Id,
                assertion.NameId,
                assertion.NameIdFormat,
                assertion.InResponseTo,
                $"{assertion.SignedInAt:O}",
                $"{assertion.EndsAt:O}",
                .. assertion.Attributes.Select(attribute => $"{attribute.Name}={string.Join(',', attribute.Values)}"),
            ]
        );

    private static byte[] Mutate(byte[] original, byte[] other, Random random) =>
        random.Next(4) == 0 ? MutateBytes(original, other, random) : MutatedTree.Make(original, other, random);

    /// <summary>One to four changes: of bytes, of pieces, and of whole elements.</summary>
    private static byte[] MutateBytes(byte[] original, byte[] other, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 8; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 60), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(32, 127));
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 5:
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other.Skip(from).Take(random.Next(1, 400)));
                    break;
                case 6:
                    MoveElement(bytes, random, keeps: true);
                    break;
                case 7:
                    MoveElement(bytes, random, keeps: false);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly string[] Pieces =
    [
        "<!---->",
        "&amp;",
        "&#x0;",
        "&a;",
        "<![CDATA[",
        "]]>",
        "<x/>",
        " ID=\"_x\"",
        " xmlns=\"\"",
        " xmlns:saml=\"urn:x\"",
        "<?x?>",
        "\r\n",
        "\u202E",
        "<!DOCTYPE x>",
    ];

    /// <summary>Copies or moves a balanced piece from one tag to another place between tags.</summary>
    private static void MoveElement(List<byte> bytes, Random random, bool keeps)
    {
        var starts = Enumerable.Range(0, bytes.Count - 1).Where(index => bytes[index] == '<').ToList();
        if (starts.Count < 4)
        {
            return;
        }

        var from = random.Next(starts.Count - 1);
        var to = Math.Min(from + random.Next(1, 12), starts.Count - 1);
        var piece = bytes.GetRange(starts[from], starts[to] - starts[from]);
        if (!keeps)
        {
            bytes.RemoveRange(starts[from], piece.Count);
        }

        var places = Enumerable.Range(0, bytes.Count).Where(index => bytes[index] == '<').ToList();
        if (places.Count > 0)
        {
            bytes.InsertRange(places[random.Next(places.Count)], piece);
        }
    }
}
