using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>When the end of something is announced: 30, 14, 7 and 1 days before, and when it has come.</summary>
internal static class EndNotices
{
    public const int Ended = 0;

    /// <summary>The most urgent first.</summary>
    private static readonly int[] All = [Ended, 1, 7, 14, 30];

    /// <summary>Makes the announcements that are due now and were not made yet, and answers how many they were.</summary>
    /// <param name="find">What is due; asked once for all, and again by the writer, who decides.</param>
    public static async Task<int> AnnounceDueAsync<TEnd>(
        IWritePath writePath,
        IDbContextFactory<NinjaIamDbContext> databases,
        TimeProvider clock,
        Func<NinjaIamDbContext, DateTimeOffset, CancellationToken, Task<List<TEnd>>> find,
        Func<WriteScope, TEnd, Task> announce,
        CancellationToken cancellationToken
    )
    {
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            if ((await find(database, clock.GetUtcNow(), cancellationToken)).Count == 0)
            {
                return 0;
            }
        }

        return await writePath.RunAsync(
            async scope =>
            {
                var due = await find(scope.Database, scope.Now, CancellationToken.None);
                foreach (var end in due)
                {
                    await announce(scope, end);
                }

                return due.Count;
            },
            cancellationToken
        );
    }

    /// <summary>Which announcement is due of something that ends in at most 30 days.</summary>
    public static int Due(DateTimeOffset end, DateTimeOffset now) => All.First(days => end - now <= TimeSpan.FromDays(days));

    /// <summary>The days that are left, in words.</summary>
    public static string Left(TimeSpan left)
    {
        var days = (int)Math.Ceiling(left.TotalDays);
        return days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
    }

    /// <summary>An instant as mails name it.</summary>
    public static string Words(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
