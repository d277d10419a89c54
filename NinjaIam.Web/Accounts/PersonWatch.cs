using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Accounts;

/// <summary>
/// Keeps an open page honest about who is signed in: looks again every half minute, and within a second after sessions or people
/// changed. When the session has ended, the page has nobody signed in any more; and never somebody else than at its beginning. What the
/// person may do by roles is no part of this: it is asked at every read and act.
/// </summary>
internal sealed partial class PersonWatch : RevalidatingServerAuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    private readonly Sessions _sessions;
    private readonly ILogger<PersonWatch> _logger;
    private readonly IDisposable _subscription;
    private readonly CancellationTokenSource _left = new();
    private int _asked;
    private bool _isBound;
    private Guid? _session;

    public PersonWatch(ILoggerFactory loggers, Sessions sessions, ChangeFeed feed)
        : base(loggers)
    {
        (_sessions, _logger) = (sessions, loggers.CreateLogger<PersonWatch>());
        _subscription = feed.Subscribe(OnChange);
    }

    protected override TimeSpan RevalidationInterval => Between;

    private static AuthenticationState Nobody => new(new ClaimsPrincipal(new ClaimsIdentity()));

    // The framework tells at the beginning who it is, and again whenever the browser connects anew: meanwhile somebody else may have signed
    // in there, whose page this is not.
    void IHostEnvironmentAuthenticationStateProvider.SetAuthenticationState(Task<AuthenticationState> told) =>
        SetAuthenticationState(BindAsync(told));

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

    private async Task<AuthenticationState> BindAsync(Task<AuthenticationState> told)
    {
        var state = await told;
        var session = state.User.SessionId();
        if (!_isBound)
        {
            (_isBound, _session) = (true, session);
        }

        return session == _session ? state : Nobody;
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
                    SetAuthenticationState(Task.FromResult(Nobody));
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
