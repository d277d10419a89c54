using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using NinjaIam.Core.Csv;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Sends people as a file for a program for tables, line by line as they are read, so that any number of them needs no memory.</summary>
internal static class PeopleCsv
{
    /// <summary>Between several names in one cell.</summary>
    public const string BetweenNames = "; ";

    public static async Task SendAsync<TPerson>(
        HttpContext context,
        TimeProvider clock,
        IReadOnlyList<string> titles,
        IAsyncEnumerable<TPerson> people,
        Func<TPerson, IEnumerable<string?>> cellsOf
    )
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = string.Create(CultureInfo.InvariantCulture, $"users-{clock.GetUtcNow():yyyy-MM-dd}.csv"),
        }.ToString();
        context.Response.ContentType = "text/csv; charset=utf-8";
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(CsvText.Line(titles));
        await foreach (var person in people.WithCancellation(context.RequestAborted))
        {
            await writer.WriteAsync(CsvText.Line(cellsOf(person)));
        }
    }
}
