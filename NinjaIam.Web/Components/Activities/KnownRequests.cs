using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;

namespace NinjaIam.Web.Components.Activities;

/// <summary>What the request log knows of the requests behind the lines that a page shows.</summary>
internal sealed class KnownRequests(RequestReads requests)
{
    private IReadOnlyList<Activity> _lines = [];
    private Dictionary<string, RequestBrief> _known = new(StringComparer.Ordinal);

    public RequestBrief? Of(Activity line) => ActivityRequests.HasRequest(line) ? _known.GetValueOrDefault(line.RequestId) : null;

    public async Task LoadAsync(Actor actor, IReadOnlyList<Activity> lines, CancellationToken cancellationToken)
    {
        var known = await requests.BriefsAsync(actor, lines.Where(ActivityRequests.HasRequest).Select(IdOf), cancellationToken);
        (_lines, _known) = (lines, new(known, StringComparer.Ordinal));
    }

    /// <summary>To be called when requests were written: a line appears a moment before its request is in the log.</summary>
    public async Task CatchUpAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - ActivityRequests.Writing;
        var missing = _lines.Where(line => line.At >= since && ActivityRequests.HasRequest(line)).Select(IdOf).Except(_known.Keys).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        foreach (var (id, request) in await requests.BriefsAsync(actor, missing, cancellationToken))
        {
            _known[id] = request;
        }
    }

    private static string IdOf(Activity line) => line.RequestId;
}
