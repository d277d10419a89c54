using NinjaIam.Core.Permitted;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Administration.Accounts.Users;

namespace NinjaIam.Web.Components.Permitted;

/// <summary>The people whom somebody may view and export as a file for a program for tables: what their list shows and no more.</summary>
internal static class PermittedExportEndpoint
{
    public const string Path = "/users/export";

    private static readonly string[] Titles =
    [
        UserTexts.ColumnUserName,
        UserTexts.DisplayName,
        UserTexts.ColumnEmail,
        UserTexts.ColumnType,
        UserTexts.ColumnOrganization,
        UserTexts.ColumnStatus,
    ];

    public static IEndpointRouteBuilder MapPermittedExport(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ExportAsync).RequireAuthorization(Policies.SignedIn);
        return routes;
    }

    /// <summary>The filter that values of an address stand for; null when one of them means nothing, so that nobody gets more than was asked.</summary>
    public static PermittedPeopleFilter? FilterOf(Func<string, string?> value)
    {
        var all = PeopleAddress.FilterOf(
            name => name is PeopleAddress.Search or PeopleAddress.Status or PeopleAddress.Organization ? value(name) : null,
            []
        );
        return all is null
            ? null
            : new PermittedPeopleFilter
            {
                Search = all.Search,
                Status = all.Status,
                OrganizationId = all.OrganizationId,
            };
    }

    private static async Task ExportAsync(HttpContext context, PermittedPeople people, TimeProvider clock)
    {
        var query = context.Request.Query;
        if (FilterOf(name => string.IsNullOrWhiteSpace(query[name]) ? null : query[name].ToString().Trim()) is not { } filter)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var outcome = await people.ExportAsync(filter, CurrentPerson.OriginOf(context.User), context.RequestAborted);
        if (outcome.Match<ExportedPermittedPeople?>(exported => exported, _ => null) is not { } exported)
        {
            context.Response.Redirect(SignInServices.NotAllowedPath);
            return;
        }

        await PeopleCsv.SendAsync(
            context,
            clock,
            Titles,
            exported.Lines,
            person =>
                [
                    person.UserName,
                    person.Name,
                    person.Email,
                    PersonWords.Of(person.Kind),
                    person.AllOrganizations ? UserTexts.AllOrganizations : string.Join(PeopleCsv.BetweenNames, person.Organizations),
                    PersonWords.Of(person.Status).Word,
                ]
        );
    }
}
