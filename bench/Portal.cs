using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NinjaIam.Bench;

/// <summary>The portal as it is published, running over a data directory.</summary>
internal sealed class Portal(Child process, Target target) : IAsyncDisposable
{
    public Target Target { get; } = target;

    public double ResidentMegabytes() => process.ResidentMegabytes();

    /// <summary>Starts it as a bare demonstration, which fills an empty directory and gives any directory a new token.</summary>
    public static async Task<Portal> StartAsync(string program, string data, CancellationToken cancellationToken)
    {
        var process = Child.Start(program, "demo", "--bare", "--data", data, "--urls", "http://127.0.0.1:0");
        try
        {
            var printed = await process.ReadAsync(["SCIM base URL: ", "SCIM token: "], cancellationToken);
            return new Portal(process, Target.Of(printed[0], printed[1]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Seconds from starting the portal in the ordinary way to its first answer.</summary>
    public static async Task<double> ColdStartAsync(
        string program,
        string data,
        Target target,
        RequestTemplate request,
        CancellationToken cancellationToken
    )
    {
        var bytes = request.For(target).Bytes;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var begin = Stopwatch.GetTimestamp();
        await using var process = Child.Start(program, "--data", data, "--urls", $"http://{target.Address}");
        process.Ignore();
        while (true)
        {
            try
            {
                using var connection = await HttpConnection.OpenAsync(target.Address, limit.Token);
                var status = await connection.SendAsync(bytes, limit.Token);
                return status == 200
                    ? Stopwatch.GetElapsedTime(begin).TotalSeconds
                    : throw WorkFailedException.Of("The first request", status, connection.Text);
            }
            catch (SocketException) when (!process.HasExited)
            {
                // Nobody listens yet.
                await Task.Delay(1, limit.Token);
            }
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}

/// <summary>Single requests on one connection, for what comes before and after a load.</summary>
internal sealed class Client(HttpConnection connection, Target target) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<Client> OpenAsync(Target target, CancellationToken cancellationToken) =>
        new(await HttpConnection.OpenAsync(target.Address, cancellationToken), target);

    /// <summary>Sends and answers the body, which must come with one of the statuses.</summary>
    public async Task<ReadOnlyMemory<byte>> SendAsync(
        string method,
        string path,
        string? body,
        int[] statuses,
        CancellationToken cancellationToken
    ) => await SendAsync(new RequestTemplate(method, path, body).For(target), $"{method} {path}", statuses, cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(
        FilledRequest request,
        string name,
        int[] statuses,
        CancellationToken cancellationToken
    )
    {
        var status = await connection.SendAsync(request.Bytes, cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
        return statuses.Contains(status) ? connection.Body : throw WorkFailedException.Of(name, status, connection.Text);
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        JsonElement.Parse((await SendAsync("GET", path, null, [200], cancellationToken)).Span);

    /// <summary>Creates a resource and answers its id.</summary>
    public async Task<Guid> CreateAsync(string path, string body, CancellationToken cancellationToken) =>
        IdIn(await SendAsync("POST", path, body, [201], cancellationToken));

    /// <summary>The id of the resource in an answer: the first one, whatever stands before it.</summary>
    public static Guid IdIn(ReadOnlyMemory<byte> answer)
    {
        var start = answer.Span.IndexOf("\"id\":\""u8);
        return start >= 0 && Guid.TryParse(answer.Span.Slice(start + 6, 36), out var id)
            ? id
            : throw new WorkFailedException($"No id in the answer: {Encoding.UTF8.GetString(answer.Span)}");
    }

    public void Dispose() => connection.Dispose();
}
