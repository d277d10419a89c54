namespace NinjaIam.Web.Components.Layout;

internal static class RefusedForm
{
    /// <summary>Whether this request explains a form that was sent without a valid antiforgery token, or too late.</summary>
    public static bool IsRefusedForm(this HttpContext context) => context.Response.StatusCode == StatusCodes.Status400BadRequest;
}
