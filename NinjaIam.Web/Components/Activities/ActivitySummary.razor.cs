using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;

namespace NinjaIam.Web.Components.Activities;

/// <summary>Who, when, from where and by which request.</summary>
public sealed partial class ActivitySummary : ComponentBase
{
    [Parameter, EditorRequired]
    public required Activity Activity { get; set; }

    /// <summary>Its request, where the log has it.</summary>
    [Parameter]
    public RequestBrief? Request { get; set; }
}
