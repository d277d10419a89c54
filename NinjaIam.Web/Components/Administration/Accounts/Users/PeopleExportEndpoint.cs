using System.Globalization;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>All users as a file for a program for tables, filtered as the list is, and sent as it is read.</summary>
internal static class PeopleExportEndpoint
{
    public const string Path = "/administration/accounts/users/export";

    private static readonly string[] Titles =
    [
        UserTexts.ColumnUserName,
        UserTexts.ColumnEmail,
        UserTexts.FirstName,
        UserTexts.LastName,
        UserTexts.ColumnType,
        UserTexts.ColumnOrganization,
        UserTexts.ColumnRole,
        UserTexts.ColumnSource,
        UserTexts.ColumnStatus,
        UserTexts.ColumnAccess,
        UserTexts.ColumnInvitation,
        UserTexts.ColumnAccepted,
        UserTexts.ColumnMfa,
        UserTexts.ColumnPasswordReset,
        UserTexts.ColumnPhone,
        UserTexts.ColumnLastSignIn,
        UserTexts.ColumnCreated,
    ];

    public static IEndpointRouteBuilder MapPeopleExport(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ExportAsync).RequireAuthorization(Policies.SystemAdministrator);
        return routes;
    }

    private static async Task ExportAsync(HttpContext context, PeopleExport export, Providers providers, TimeProvider clock)
    {
        var origin = CurrentPerson.OriginOf(context.User);
        var choices = await providers.ChoicesAsync(origin.Actor, context.RequestAborted);
        var query = context.Request.Query;
        var filter = PeopleAddress.FilterOf(name => string.IsNullOrWhiteSpace(query[name]) ? null : query[name].ToString().Trim(), choices);
        if (filter is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var outcome = await export.StartAsync(filter, origin, context.RequestAborted);
        if (outcome.Match<ExportedPeople?>(people => people, _ => null) is not { } people)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await PeopleCsv.SendAsync(context, clock, Titles, people.Lines, person => CellsOf(person, choices));
    }

    private static IEnumerable<string?> CellsOf(PersonLine person, IReadOnlyList<ProviderChoice> providers) =>
        [
            person.UserName,
            person.Email,
            person.GivenName,
            person.FamilyName,
            PersonWords.Of(person.Kind),
            person.AllOrganizations ? UserTexts.AllOrganizations : string.Join(PeopleCsv.BetweenNames, person.Organizations),
            string.Join(PeopleCsv.BetweenNames, person.Roles),
            PeopleAddress.SourceOf(person, providers),
            PersonWords.Of(person.Status).Word,
            PersonWords.AccessOf(person),
            PersonWords.InvitationOf(person),
            Moment(person.InvitationAcceptedAt),
            PersonWords.MfaOf(person),
            Moment(person.PasswordSetAt),
            person.PhoneNumber,
            Moment(person.LastSignInAt),
            Moment(person.CreatedAt),
        ];

    private static string? Moment(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
