using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace NinjaIam.Web.Components.Shared;

/// <summary>One file, read into memory and handed over. A larger one than allowed is refused here.</summary>
public sealed partial class FileInput : ComponentBase
{
    private readonly string _id = $"input-{Guid.NewGuid():N}";
    private string? _tooLarge;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Helper { get; set; }

    /// <summary>What is wrong with the value; null when nothing is.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Optional { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    /// <summary>File types, as the input element takes them: ".xml,text/xml".</summary>
    [Parameter]
    public string? Accept { get; set; }

    [Parameter]
    public int MaxBytes { get; set; } = 1024 * 1024;

    [Parameter]
    public EventCallback<ReadOnlyMemory<byte>> OnRead { get; set; }

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        _tooLarge = null;
        if (change.File.Size > MaxBytes)
        {
            _tooLarge = Wording.Fill(SharedTexts.FileTooLarge, MaxBytes / 1024);
            return;
        }

        await using var stream = change.File.OpenReadStream(MaxBytes);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        await OnRead.InvokeAsync(content.ToArray());
    }
}
