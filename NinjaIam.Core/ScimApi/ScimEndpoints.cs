using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Scim.Messages;

namespace NinjaIam.Core.ScimApi;

/// <summary>The SCIM endpoint of every identity provider, <c>/scim/v2/{unique identifier}</c>.</summary>
public static class ScimEndpoints
{
    private const string Root = "/scim";
    private const string Base = $"{Root}/v2/{{identifier}}";

    // Entra appends its paths to a tenant URL that ends with this key, and so behind the question mark.
    private const string EntraFlag = "?aadOptscim";

    internal static ScimError NothingHere { get; } =
        ScimError.NotFound("There is nothing at this address. Use /Users or /Groups below the SCIM base URL that the portal shows.");

    private static readonly ScimRoute Unknown = new("", "", _ => Task.FromResult(ScimAnswer.Of(NothingHere)))
    {
        Access = ScimAccess.Anyone,
    };

    private static readonly ScimRoute NotBuilt = new("", "", NotImplemented);

    /// <summary>Registers the endpoint. The host registers Data Protection, whose keys sign the cursors.</summary>
    public static IServiceCollection AddScimApi(this IServiceCollection services)
    {
        services.AddSingleton<TokenAuthentication>();
        services.AddSingleton<ListCursors>();
        services.AddSingleton<ScimRoutes>();
        services.AddSingleton<ScimPipeline>();
        return services;
    }

    /// <summary>Maps everything under <c>/scim</c>: each answer there, also to unknown paths and methods, is SCIM JSON.</summary>
    public static void MapScim(this IEndpointRouteBuilder endpoints)
    {
        var routes = endpoints.ServiceProvider.GetRequiredService<ScimRoutes>().All;
        foreach (var route in routes)
        {
            Open(endpoints.MapMethods($"{Base}/{route.Path}", [route.Method], http => RunAsync(http, route)));
        }

        foreach (var path in routes.GroupBy(route => route.Path))
        {
            var refusing = Refusing(path);
            Open(endpoints.Map($"{Base}/{path.Key}", http => RunAsync(http, refusing)));
        }

        foreach (var path in (string[])["Me", "Bulk"])
        {
            Open(endpoints.Map($"{Base}/{path}", http => RunAsync(http, NotBuilt)));
        }

        Open(endpoints.Map(Base, http => RunMangledAsync(http, routes)));
        Open(endpoints.Map($"{Root}/{{**path}}", http => RunAsync(http, Unknown)));
    }

    // A token stands for everything here: neither the portal's cookie nor its antiforgery token means anything.
    private static void Open(IEndpointConventionBuilder endpoint) => endpoint.AllowAnonymous().DisableAntiforgery();

    private static Task RunAsync(HttpContext http, ScimRoute route) =>
        http
            .RequestServices.GetRequiredService<ScimPipeline>()
            .RunAsync(http, http.Request.RouteValues["identifier"] as string ?? "", route);

    private static Task RunMangledAsync(HttpContext http, IReadOnlyList<ScimRoute> routes)
    {
        var query = http.Request.QueryString.Value ?? "";
        var slash = query.IndexOf('/', StringComparison.Ordinal);
        if (!query.StartsWith(EntraFlag, StringComparison.OrdinalIgnoreCase) || slash < 0)
        {
            return RunAsync(http, Unknown);
        }

        var rest = query[slash..];
        var end = rest.IndexOfAny(['?', '&']);
        var path = end < 0 ? rest : rest[..end];
        http.Request.Path = http.Request.Path.Add(PathString.FromUriComponent(path));
        http.Request.QueryString = end < 0 ? QueryString.Empty : new QueryString("?" + rest[(end + 1)..]);
        var fitting = routes.Where(route => route.Matches(path, http.Request.RouteValues)).ToList();
        return RunAsync(
            http,
            fitting.Find(route => route.Method == http.Request.Method) ?? (fitting.Count == 0 ? Unknown : Refusing(fitting))
        );
    }

    private static ScimRoute Refusing(IEnumerable<ScimRoute> routes)
    {
        var allow = string.Join(", ", routes.Select(route => route.Method));
        return new ScimRoute("", "", request => Task.FromResult(ScimAnswer.MethodNotAllowed(request.Http.Request.Method, allow)))
        {
            Access = ScimAccess.Anyone,
        };
    }

    private static Task<ScimAnswer> NotImplemented(ScimRequest request) =>
        Task.FromResult(
            ScimAnswer.Of(
                ScimError.NotImplemented(
                    $"{request.Http.Request.Path} is not offered. /ServiceProviderConfig says what is; use /Users and /Groups."
                )
            )
        );
}
