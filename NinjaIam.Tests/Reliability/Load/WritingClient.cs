using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Reliability.Load;

/// <summary>
/// A client that keeps its own record: the state that was answered to it, and the one request that had no answer when the program ended.
/// </summary>
internal sealed class WritingClient
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long?> _answered = new(StringComparer.Ordinal);
    private readonly RandomWrites _writes;
    private readonly string _prefix;
    private Write? _unanswered;

    public WritingClient(int number, int seed, string sharedGroup)
    {
        _prefix = $"{number}-";
        _writes = new RandomWrites(number, new Random(seed + number), _ids, sharedGroup);
    }

    public ClientState State { get; private set; } = new();

    /// <summary>Requests that changed something and were answered, with the version in the answer where there is one.</summary>
    public IReadOnlyDictionary<string, long?> Answered => _answered;

    /// <summary>How many requests without an answer turned out to have changed something.</summary>
    public int AppliedWithoutAnswer { get; private set; }

    /// <summary>How many requests had no answer and changed nothing.</summary>
    public int LostWithoutAnswer { get; private set; }

    /// <summary>Whether a person or group of this externalId is this client's.</summary>
    public bool Owns(string externalId) => externalId.StartsWith(_prefix, StringComparison.Ordinal);

    /// <summary>Writes until the program is gone. What was lost in the time before is sent again first, as clients do.</summary>
    public async Task WriteAsync(ScimClient portal, Action answered)
    {
        while (true)
        {
            var write = _unanswered ?? _writes.Next(State);
            _unanswered = write;
            ScimReply reply;
            try
            {
                reply = await portal.SendAsync(write.Method, write.Path, write.Json);
            }
            catch (HttpRequestException)
            {
                return;
            }

            _unanswered = null;
            // Refused for now, and therefore not done.
            if (reply.Status is not (429 or 503))
            {
                Assert.True(reply.Status == write.Status, $"{write.Method} {write.Path} {write.Json}: {reply.Status} {reply.Text}");
                Acknowledge(write, reply);
            }

            answered();
        }
    }

    /// <summary>Compares what is there now with the record: everything that was answered, and what was not as a whole or not at all.</summary>
    public void Compare(ClientState found, IReadOnlyDictionary<string, string> ids)
    {
        var withIt = _unanswered?.Apply(State) ?? State;
        if (_unanswered is not null && !ReferenceEquals(withIt, State))
        {
            if (found.ToString() == State.ToString())
            {
                LostWithoutAnswer++;
                withIt = State;
            }
            else
            {
                AppliedWithoutAnswer++;
                _unanswered = null;
            }
        }

        Assert.Equal(withIt.ToString(), found.ToString());
        State = withIt;
        foreach (var (key, id) in ids)
        {
            Assert.Equal(_ids.GetValueOrDefault(key, id), id);
            _ids[key] = id;
        }
    }

    private void Acknowledge(Write write, ScimReply reply)
    {
        var after = write.Apply(State);
        if (!ReferenceEquals(after, State))
        {
            _answered.Add(reply.RequestId, reply.Header("ETag") is null ? null : reply.Version);
        }

        State = after;
        if (reply.Status == 201)
        {
            var key = reply.Body["externalId"]!.GetValue<string>();
            Assert.Equal(_ids.GetValueOrDefault(key, reply.Id), reply.Id);
            _ids[key] = reply.Id;
        }
    }
}
