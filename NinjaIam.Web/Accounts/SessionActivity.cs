using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Accounts;

/// <summary>Whoever works on an open page sends no requests; what they do there keeps their session from running idle.</summary>
internal sealed partial class SessionActivity(
    AuthenticationStateProvider authentication,
    Sessions sessions,
    TimeProvider clock,
    ILogger<SessionActivity> logger
) : CircuitHandler
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private DateTimeOffset _told;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) =>
        async context =>
        {
            var now = clock.GetUtcNow();
            if (now - _told >= Between)
            {
                _told = now;
                await TellAsync();
            }

            await next(context);
        };

    private async Task TellAsync()
    {
        try
        {
            if ((await authentication.GetAuthenticationStateAsync()).User.SessionId() is { } id)
            {
                await sessions.SeenAsync(id, CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            // What the person does on the page must not fail because of this; the next minute tells again.
            TellFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That a session is in use could not be stored.")]
    private partial void TellFailed(Exception exception);
}
