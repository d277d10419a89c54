using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Tests.Support;

/// <summary>Sign-ins of administrators, as most tests need them: with no trace in the journal, and none that is ever asked for a step-up.</summary>
internal static class SignedIn
{
    /// <summary>Where the changes of an administrator come from who confirmed who they are, however far a test moves the clock.</summary>
    public static async Task<Origin> AsAsync(IServiceProvider services, Guid id, string name, ActorKind kind = ActorKind.Administrator)
    {
        var session = Guid.CreateVersion7();
        await services
            .GetRequiredService<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    scope.Database.Sessions.Add(
                        new Session
                        {
                            Id = session,
                            AccountId = id,
                            CreatedAt = scope.Now,
                            LastSeenAt = scope.Now,
                            ConfirmedAt = DateTimeOffset.MaxValue,
                        }
                    );
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
        return Origin.Of(new Actor(kind, id, name)) with { SessionId = session };
    }

    /// <summary>As if the person had confirmed long ago who they are.</summary>
    public static Task ForgetStepUpAsync(IServiceProvider services, Origin origin) =>
        services
            .GetRequiredService<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    var session = await scope.Database.Sessions.SingleAsync(row => row.Id == origin.SessionId);
                    session.ConfirmedAt = null;
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
}
