using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal.Requests;

namespace NinjaIam.Web.Components.Activities;

/// <summary>What the log keeps of a body.</summary>
public sealed partial class ActivityBody : ComponentBase
{
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 1_000 };
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Parameter, EditorRequired]
    public required LoggedBody Body { get; set; }

    /// <summary>What it is, for who cannot see it.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    private string? Shown()
    {
        if (Body.Text is not { } json)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json, Depth);
        return JsonSerializer.Serialize(document.RootElement, Layout);
    }
}
