using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NinjaIam.Core.Storage;

/// <summary>Gives every connection that EF opens for reading the same deadline as the readers that use statements.</summary>
internal sealed class ReadDeadlineInterceptor(TimeSpan deadline) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        SqliteDeadline.Set((SqliteConnection)connection, deadline);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        SqliteDeadline.Set((SqliteConnection)connection, deadline);
        return Task.CompletedTask;
    }
}
