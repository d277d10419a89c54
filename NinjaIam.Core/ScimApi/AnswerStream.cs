using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace NinjaIam.Core.ScimApi;

/// <summary>
/// Writes JSON to the response a part at a time. A failure before the first part was sent can still be answered as a failure.
/// </summary>
internal sealed class AnswerStream : IAsyncDisposable
{
    private const int PartSize = 64 * 1024;

    private readonly HttpResponse _response;
    private readonly PooledBuffer _buffer = new();

    public AnswerStream(HttpResponse response)
    {
        _response = response;
        // The type is not HTML and sniffing is off, so names need no escapes beyond JSON's own.
        Json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Adds members that are JSON already to the object being written, behind at least one other.</summary>
    public void AddMembers(ReadOnlySpan<byte> json)
    {
        // The writer puts a comma before what it writes next, since it has written a member before.
        Json.Flush();
        _buffer.Write(","u8);
        _buffer.Write(json);
    }

    public Task WriteAsync(JsonObject body)
    {
        body.WriteTo(Json);
        return Task.CompletedTask;
    }

    /// <summary>Call between values: sends what has come together once it is a part. True when it did.</summary>
    public ValueTask<bool> SendPartAsync() => Json.BytesPending + _buffer.Count >= PartSize ? SendNowAsync() : ValueTask.FromResult(false);

    public async Task CompleteAsync()
    {
        await Json.FlushAsync();
        if (!_response.HasStarted)
        {
            _response.ContentLength = _buffer.Count;
        }

        await SendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Json.DisposeAsync();
        _buffer.Dispose();
    }

    private async ValueTask<bool> SendNowAsync()
    {
        await SendAsync();
        return true;
    }

    private async Task SendAsync()
    {
        await Json.FlushAsync();
        RequestLogging.Of(_response.HttpContext)?.Answer.Add(_buffer.Written.Span);
        await _response.Body.WriteAsync(_buffer.Written);
        _buffer.Clear();
    }
}
