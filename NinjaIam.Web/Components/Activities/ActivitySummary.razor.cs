using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Components.Activities;

/// <summary>Who, when, from where and by which request.</summary>
public sealed partial class ActivitySummary : ComponentBase
{
    [Parameter, EditorRequired]
    public required Activity Activity { get; set; }

    /// <summary>An address that opens this activity for a colleague.</summary>
    [Parameter, EditorRequired]
    public required string Link { get; set; }
}
