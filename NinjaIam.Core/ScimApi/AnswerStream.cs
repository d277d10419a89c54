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
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public AnswerStream(HttpResponse response)
    {
        _response = response;
        // The type is not HTML and sniffing is off, so names need no escapes beyond JSON's own.
        Json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public Utf8JsonWriter Json { get; }

    public Task WriteAsync(JsonObject body)
    {
        body.WriteTo(Json);
        return Task.CompletedTask;
    }

    /// <summary>Call between values: sends what has come together once it is a part. True when it did.</summary>
    public ValueTask<bool> SendPartAsync() =>
        Json.BytesPending + _buffer.WrittenCount >= PartSize ? SendNowAsync() : ValueTask.FromResult(false);

    public async Task CompleteAsync()
    {
        await Json.FlushAsync();
        if (!_response.HasStarted)
        {
            _response.ContentLength = _buffer.WrittenCount;
        }

        await SendAsync();
    }

    public ValueTask DisposeAsync() => Json.DisposeAsync();

    private async ValueTask<bool> SendNowAsync()
    {
        await SendAsync();
        return true;
    }

    private async Task SendAsync()
    {
        await Json.FlushAsync();
        RequestLogging.Of(_response.HttpContext)?.Answer.Add(_buffer.WrittenSpan);
        await _response.Body.WriteAsync(_buffer.WrittenMemory);
        _buffer.ResetWrittenCount();
    }
}
