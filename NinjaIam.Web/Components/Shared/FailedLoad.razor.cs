using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Says that something could not be read, under which request ID the log tells why, and offers to try again.</summary>
public sealed partial class FailedLoad : ComponentBase
{
    /// <summary>What could not be read, as a sentence.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string RequestId { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnTryAgain { get; set; }

    [Parameter, EditorRequired]
    public required string TestId { get; set; }
}
