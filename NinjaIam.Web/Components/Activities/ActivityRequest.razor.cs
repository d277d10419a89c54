using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal.Requests;

namespace NinjaIam.Web.Components.Activities;

/// <summary>What an identity provider asked, and what had to be tolerated about it.</summary>
public sealed partial class ActivityRequest : ComponentBase
{
    [Parameter, EditorRequired]
    public required LoggedRequest Request { get; set; }
}
