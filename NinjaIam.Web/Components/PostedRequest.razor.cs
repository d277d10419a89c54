using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Components;

/// <summary>
/// The whole page on which a browser posts a request to its identity provider: at once with scripts, else by its button. It is no page of
/// the portal's routes, as its policy lets forms lead elsewhere.
/// </summary>
public sealed partial class PostedRequest : ComponentBase
{
    [Parameter, EditorRequired]
    public required SignOnRequest.Post Request { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    /// <summary>The page as the answer of a request.</summary>
    public static IResult Answer(HttpContext http, SignOnRequest.Post request)
    {
        ContentSecurity.LetFormsLeadTo(http, request.Address);
        return new RazorComponentResult<PostedRequest>(new Dictionary<string, object?> { [nameof(Request)] = request });
    }
}
