using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// The members of the groups of one answer, group by group in the order of the answer, read one by one while it is written: a group of a
/// million people is never held in memory.
/// </summary>
public sealed class StreamedMembers : IAsyncDisposable
{
    // The reader holds the database as it was; a client that reads this slowly must not keep it so for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ReadSession _session;
    private readonly SqlStatement _statement;
    private readonly SqlRows _rows;
    private readonly long _started = Environment.TickCount64;
    private bool _hasRow;

    private StreamedMembers(ReadSession session, SqlStatement statement, SqlRows rows) =>
        (_session, _statement, _rows) = (session, statement, rows);

    /// <summary>Takes the session over, and gives it back when disposed.</summary>
    internal static async Task<StreamedMembers> OpenAsync(ReadSession session, IReadOnlyList<ProvisionedResource> groups)
    {
        var statement =
            groups.Count == 1
                ? MemberReads.OfGroup(session.Statement, groups[0].Seq)
                : MemberReads.OfGroups(session.Statement, [.. groups.Select(group => group.Seq)]);
        var stream = new StreamedMembers(session, statement, await statement.ExecuteReaderAsync());
        stream._hasRow = await stream._rows.ReadAsync();
        return stream;
    }

    /// <summary>The next member of this group, or null when there is none left.</summary>
    public async ValueTask<MemberReference?> NextAsync(ProvisionedResource group)
    {
        if (!_hasRow || _rows.GetInt64(0) != group.Seq)
        {
            return null;
        }

        var member = new MemberReference(_rows.GetId(1), _rows.GetText(2) ?? "");
        _hasRow = await _rows.ReadAsync();
        return member;
    }

    /// <summary>Call after a part of the answer was sent: it moves on.</summary>
    /// <exception cref="TimeoutException">The client has been reading for too long.</exception>
    public void PartWasSent()
    {
        if (Environment.TickCount64 - _started > Longest.TotalMilliseconds)
        {
            throw new TimeoutException("The client reads the answer too slowly.");
        }

        _session.RestartDeadline();
    }

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync();
        await _statement.DisposeAsync();
        await _session.DisposeAsync();
    }
}
