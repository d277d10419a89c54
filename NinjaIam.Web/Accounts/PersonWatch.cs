using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Accounts;

/// <summary>
/// Keeps an open page honest about who is signed in: looks again every half minute, and within a second after sessions or people
/// changed. When the session has ended, the page has nobody signed in any more.
/// </summary>
internal sealed partial class PersonWatch : RevalidatingServerAuthenticationStateProvider
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    private readonly Sessions _sessions;
    private readonly ILogger<PersonWatch> _logger;
    private readonly IDisposable _subscription;
    private readonly CancellationTokenSource _left = new();
    private int _asked;

    public PersonWatch(ILoggerFactory loggers, Sessions sessions, ChangeFeed feed)
        : base(loggers)
    {
        (_sessions, _logger) = (sessions, loggers.CreateLogger<PersonWatch>());
        _subscription = feed.Subscribe(OnChange);
    }

    protected override TimeSpan RevalidationInterval => Between;

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    )
    {
        var person = authenticationState.User;
        return !person.IsSignedIn()
            || (
                person.SessionId() is { } id
                && await _sessions.FindAsync(id, cancellationToken) is { } live
                && live.SecurityStamp == person.FindFirstValue(PersonClaims.SecurityStamp)
                && person.HasClaim(PersonClaims.Kind, live.Kind.ToString())
            );
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _subscription.Dispose();
            _left.Cancel();
            _left.Dispose();
        }

        base.Dispose(disposing);
    }

    private void OnChange(Change change)
    {
        if (change.Topic is not (ChangeTopic.Sessions or ChangeTopic.Users))
        {
            return;
        }

        // A provider may change a thousand people a second: one look is on its way at a time, and one more waits behind it.
        if (Interlocked.Increment(ref _asked) == 1)
        {
            _ = LookAsync();
        }
    }

    private async Task LookAsync()
    {
        try
        {
            int seen;
            do
            {
                seen = Volatile.Read(ref _asked);
                var state = await GetAuthenticationStateAsync();
                if (!await ValidateAuthenticationStateAsync(state, _left.Token))
                {
                    SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
                    return;
                }

                await Task.Delay(Breath, _left.Token);
            } while (Interlocked.CompareExchange(ref _asked, 0, seen) != seen);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed meanwhile.
        }
        catch (Exception exception)
        {
            Interlocked.Exchange(ref _asked, 0);
            LookFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether a session has ended could not be read; the next look follows.")]
    private partial void LookFailed(Exception exception);
}
