using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Csv;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>All users as a file for a program for tables, filtered as the list is, and sent as it is read.</summary>
internal static class PeopleExportEndpoint
{
    public const string Path = "/administration/accounts/users/export";

    private const string BetweenNames = "; ";

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

        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = string.Create(CultureInfo.InvariantCulture, $"users-{clock.GetUtcNow():yyyy-MM-dd}.csv"),
        }.ToString();
        context.Response.ContentType = "text/csv; charset=utf-8";
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(CsvText.Line(Titles));
        await foreach (var person in people.Lines.WithCancellation(context.RequestAborted))
        {
            await writer.WriteAsync(CsvText.Line(CellsOf(person, choices)));
        }
    }

    private static IEnumerable<string?> CellsOf(PersonLine person, IReadOnlyList<ProviderChoice> providers) =>
        [
            person.UserName,
            person.Email,
            person.GivenName,
            person.FamilyName,
            PersonWords.Of(person.Kind),
            person.AllOrganizations ? UserTexts.AllOrganizations : string.Join(BetweenNames, person.Organizations),
            string.Join(BetweenNames, person.Roles),
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
