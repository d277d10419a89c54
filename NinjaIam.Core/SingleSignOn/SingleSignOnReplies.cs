using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>
/// Takes what an identity provider posted. The post comes from another site and so without cookies: it is checked and kept under a
/// handle, and the browser goes on by a request of our own site, whose cookie says what it had asked for.
/// </summary>
public sealed class SingleSignOnReplies
{
    private readonly IWritePath _writePath;
    private readonly SignOnProviders _providers;
    private readonly BrowserRequests _requests;
    private readonly PendingReplies _pending;
    private readonly SingleSignOnConnections _connections;
    private readonly SecurityLog _refusals;
    private readonly TimeProvider _clock;

    internal SingleSignOnReplies(
        IWritePath writePath,
        SignOnProviders providers,
        BrowserRequests requests,
        PendingReplies pending,
        SingleSignOnConnections connections,
        SecurityLog refusals,
        TimeProvider clock
    )
    {
        (_writePath, _providers, _requests, _pending) = (writePath, providers, requests, pending);
        (_connections, _refusals, _clock) = (connections, refusals, clock);
    }

    /// <summary>Checks a posted message as far as it can be without its browser. Answers the handle to go on with.</summary>
    /// <param name="host">The Host header that it came with; see <see cref="SignOnProviders.FindAsync"/>.</param>
    /// <param name="message">The decoded SAMLResponse, or why there is none.</param>
    internal async Task<string> ReceiveAsync(
        string uniqueIdentifier,
        string? host,
        (byte[]? Content, SamlRefusal? Refusal) message,
        string? relayState,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        var provider = await _providers.FindAsync(uniqueIdentifier, host, cancellationToken);
        var now = _clock.GetUtcNow();
        CheckedResponse response;
        if (provider is not { IsOn: true, Saml: { } saml })
        {
            response = new CheckedResponse(
                null,
                new SamlRefusal(
                    SamlCheck.Issuer,
                    SamlReason.UnknownProvider,
                    "No identity provider is set up for this address, or it is disabled."
                )
            );
        }
        else
        {
            var rules = new ResponseRules(saml.EntityId, provider.EntityId, provider.ReplyUrl, provider.Certificates, provider.Skew, now);
            response = message.Refusal is { } unread
                ? new CheckedResponse(null, unread)
                : ResponseValidator.Check(message.Content ?? [], rules);
        }

        var reply = new PendingReply(origin.RequestId, provider, response, relayState, now);
        return await _pending.KeepAsync(
            response.Refusal is { } refusal ? reply with { Incident = Record(reply, refusal, origin) } : reply,
            cancellationToken
        );
    }

    /// <summary>Decides, once, what became of a posted message, now that its browser is known.</summary>
    /// <param name="tester">The administrator who is signed in on this browser, or null.</param>
    /// <param name="origin">By that administrator, where there is one.</param>
    public async Task<SignOnResult> CompleteAsync(
        HttpContext http,
        string handle,
        Guid? tester,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        if (await _pending.TakeAsync(handle, http.Request.Host.Value, cancellationToken) is not { } reply)
        {
            return new SignOnResult.Gone();
        }

        var mine = _requests.Read(http);
        var wanted = reply.Response.Assertion?.InResponseTo ?? (reply.Response.Refusal is null ? null : reply.RelayState);
        var request = mine.FirstOrDefault(other =>
            other.Id == wanted && other.ProviderId == reply.Provider?.Id && other.ReplyUrl == reply.Provider.ReplyUrl
        );
        if (request is not null)
        {
            _requests.Remove(http, request.Id);
        }

        // A test counts only in the browser, and for the person, that started it.
        var isTest = request?.Tester is { } started && started == tester;
        var found = reply.Response.Assertion is { } assertion
            ? await FindAsync(reply, assertion, request, isTest, cancellationToken)
            : new Found(reply.Response.Refusal!, null, null);
        var incident = found.Refusal is { } refusal && reply.Response.Refusal is null ? Record(reply, refusal, origin) : reply.Incident;

        if (isTest)
        {
            var test = new ConnectionTest(
                reply.Provider!.UniqueIdentifier,
                reply.Provider.DisplayName,
                found.Refusal,
                incident,
                reply.Response.ReceivedIssuer,
                reply.Response.Assertion,
                found.UserName,
                found.Person?.Name,
                reply.Provider.SecondFactor
            );
            if (test.IsPassed)
            {
                await _connections.NoteTestAsync(
                    reply.Provider.Id,
                    origin,
                    cancellationToken,
                    test.ShowedSecondFactor ? test.SecondFactor : null
                );
            }

            return new SignOnResult.Tested(test);
        }

        return found.Refusal is { } why
            ? new SignOnResult.Refused(why, incident, reply.Provider?.DisplayName, found.UserName)
            : new SignOnResult.Accepted(found.Person!.Id, request?.ReturnPath ?? reply.RelayState ?? "", found.WithSecondFactor);
    }

    private async Task<Found> FindAsync(
        PendingReply reply,
        SamlAssertion assertion,
        BrowserRequest? request,
        bool isTest,
        CancellationToken cancellationToken
    )
    {
        var provider = reply.Provider!;
        if (request is null && (assertion.InResponseTo is not null || !provider.AllowsUnsolicited))
        {
            return new Found(
                assertion.InResponseTo is null
                    ? new SamlRefusal(
                        SamlCheck.Request,
                        SamlReason.NotSolicited,
                        "The sign-in was started at the identity provider, which is not allowed for it. Start at our sign-in page, or allow IdP-initiated login."
                    )
                    : new SamlRefusal(
                        SamlCheck.Request,
                        SamlReason.OtherRequest,
                        $"The response answers no sign-in that this browser started in the last {BrowserRequests.Lasts.TotalMinutes:0} minutes."
                    ),
                null,
                null
            );
        }

        if (request is { Tester: not null } && !isTest)
        {
            return new Found(
                new SamlRefusal(SamlCheck.Request, SamlReason.OtherRequest, "The response answers a test that somebody else started."),
                null,
                null
            );
        }

        return await _writePath.RunAsync(scope => FindAsync(scope, provider, assertion, isTest), cancellationToken);
    }

    private static async Task<Found> FindAsync(WriteScope scope, SignOnProvider provider, SamlAssertion assertion, bool isTest)
    {
        var current = await scope.Database.IdentityProviders.SingleOrDefaultAsync(row => row.Id == provider.Id, CancellationToken.None);
        if (current is not { DisabledAt: null } || (!isTest && !current.SignsPeopleIn))
        {
            return new Found(
                new SamlRefusal(SamlCheck.Issuer, SamlReason.NotEnabled, "Single sign-on is not enabled for this identity provider."),
                null,
                null
            );
        }

        if (!await UseAsync(scope, provider, assertion))
        {
            return new Found(
                new SamlRefusal(
                    SamlCheck.Unused,
                    SamlReason.Replayed,
                    "The assertion, or the request that it answers, was used before. If nobody pressed Back or Reload, somebody may have copied it."
                ),
                null,
                null
            );
        }

        var userName = provider.UserNameAttribute is { } attribute ? assertion.ValueOf(attribute) : assertion.NameId;
        if (string.IsNullOrWhiteSpace(userName) || userName.Length > 512)
        {
            return new Found(
                new SamlRefusal(
                    SamlCheck.Person,
                    SamlReason.NoUserName,
                    $"The assertion has no attribute {SamlRefusal.Quote(provider.UserNameAttribute)} with a value. Let the identity provider send it, or choose another one."
                ),
                null,
                null
            );
        }

        var key = TextKey.Of(userName.Trim());
        var person = await scope.Database.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == key, CancellationToken.None);
        return new Found(await RefusalOfAsync(scope, provider, person, userName), person, userName)
        {
            WithSecondFactor =
                current is { SkipsSecondFactor: true, SecondFactorAttribute: { } name, SecondFactorValue: { } value }
                && assertion.Says(name, value),
        };
    }

    private static async Task<SamlRefusal?> RefusalOfAsync(WriteScope scope, SignOnProvider provider, User? person, string userName)
    {
        if (person is null)
        {
            return Person(
                SamlReason.UnknownPerson,
                $"Nobody here has the user name {SamlRefusal.Quote(userName)}. Create the person, or let the identity provider send the user name in {provider.UserNameAttribute ?? "the NameID"}."
            );
        }

        if (!await BelongsAsync(scope, provider, person))
        {
            return Person(
                SamlReason.OtherProvider,
                $"{SamlRefusal.Quote(userName)} does not belong to this identity provider: another one manages the person, or the domain of the user name is not one of its domains."
            );
        }

        return person.Blocked ? Person(SamlReason.Blocked, $"An administrator blocked {SamlRefusal.Quote(userName)}.")
            : person.MaySignIn ? null
            : Person(SamlReason.Deactivated, $"The identity provider deactivated {SamlRefusal.Quote(userName)}.");
    }

    /// <summary>
    /// A provider speaks for the people it manages, and for those kept by hand whose user name lies in its domains. Otherwise one
    /// customer's identity provider could sign in as somebody of another.
    /// </summary>
    private static async Task<bool> BelongsAsync(WriteScope scope, SignOnProvider provider, User person)
    {
        if (person.ProviderId is { } manager)
        {
            return manager == provider.Id;
        }

        return EmailDomain.Of(person.UserName ?? "") is { } domain
            && await scope.Database.ProviderDomains.AnyAsync(
                row => row.ProviderId == provider.Id && row.Domain == domain,
                CancellationToken.None
            );
    }

    /// <summary>Notes that the assertion and its request are used; false when one of them was before.</summary>
    private static async Task<bool> UseAsync(WriteScope scope, SignOnProvider provider, SamlAssertion assertion)
    {
        var now = scope.Now;
        await scope.Database.UsedMessages.Where(message => message.ExpiresAt < now).ExecuteDeleteAsync(CancellationToken.None);
        var latest = DateTimeOffset.MaxValue - TimeSpan.FromDays(1);
        // Longer than the message itself could be accepted, with the largest skew there is.
        var ends = (assertion.EndsAt < latest ? assertion.EndsAt : latest) + TimeSpan.FromHours(1);
        var digests = new List<byte[]> { DigestOf("assertion", assertion.Id) };
        if (assertion.InResponseTo is { } request)
        {
            digests.Add(DigestOf("request", request));
        }

        foreach (var digest in digests)
        {
            if (
                await scope.Database.UsedMessages.AnyAsync(
                    message => message.ProviderId == provider.Id && message.Digest == digest,
                    CancellationToken.None
                )
            )
            {
                return false;
            }

            scope.Database.UsedMessages.Add(
                new UsedMessage
                {
                    ProviderId = provider.Id,
                    Digest = digest,
                    ExpiresAt = ends > now + BrowserRequests.Lasts ? ends : now + BrowserRequests.Lasts,
                }
            );
        }

        await scope.Database.SaveChangesAsync(CancellationToken.None);
        return true;
    }

    private static byte[] DigestOf(string kind, string id) => SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{id}"));

    /// <summary>Answers the incident ID by which it is found in Activities.</summary>
    private string Record(PendingReply reply, SamlRefusal refusal, Origin origin) =>
        // The incident stands in the text, so that equal refusals of a minute are not counted together and each can be found.
        _refusals.Record(
            new Refused(
                SecurityCause.SingleSignOnRefused,
                $"{refusal.Detail} ({refusal.Reason}, incident {reply.Incident})",
                reply.Incident
            )
            {
                ProviderId = reply.Provider?.Id,
                Address = origin.Address,
                UserAgent = origin.UserAgent,
                Received = ReceivedText.Of(reply.Response),
            }
        );

    private static SamlRefusal Person(string reason, string detail) => new(SamlCheck.Person, reason, detail);

    private sealed record Found(SamlRefusal? Refusal, User? Person, string? UserName)
    {
        /// <summary>Whether the provider said that it asked for a second factor, and that counts.</summary>
        public bool WithSecondFactor { get; init; }
    }
}
