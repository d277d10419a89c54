using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Activities;

/// <summary>What an identity provider was answered.</summary>
public sealed partial class ActivityResponse : ComponentBase
{
    [Parameter, EditorRequired]
    public required LoggedRequest Request { get; set; }

    /// <summary>The status with its name in HTTP: "201 Created".</summary>
    public static string Words(int status) =>
        Wording.Fill(ActivityTexts.StatusWithName, status, ReasonPhrases.GetReasonPhrase(status)).Trim();
}
