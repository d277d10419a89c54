using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;

namespace NinjaIam.Core.ScimApi;

/// <summary>The SCIM endpoint of every identity provider, <c>/scim/v2/{unique identifier}</c>.</summary>
public static partial class ScimEndpoints
{
    /// <summary>Everything below is the endpoint's.</summary>
    public const string Root = "/scim";

    private const string Base = $"{Root}/v2/{{identifier}}";

    internal static ScimError NothingHere { get; } =
        ScimError.NotFound("There is nothing at this address. Use /Users or /Groups below the SCIM base URL that the portal shows.");

    private static readonly ScimRoute Unknown = new(
        null,
        "",
        request => Task.FromResult(ScimAnswer.Of(RefusalOf(request.Http.Request.Path)))
    )
    {
        Access = ScimAccess.Anyone,
    };

    /// <summary>Registers the endpoint, below what <see cref="CoreServices"/> registers. The host registers Data Protection, whose keys sign the cursors.</summary>
    public static IServiceCollection AddScimApi(this IServiceCollection services)
    {
        services.AddHostedService<DefinitionChange>();
        services.AddSingleton<RefusedRequests>();
        services.AddSingleton<RefusedWrites>();
        services.AddSingleton<RequestFailures>();
        services.AddSingleton<TokenAuthentication>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<ListCursors>();
        services.AddSingleton<ScimRoutes>();
        services.AddSingleton<ScimPipeline>();
        return services;
    }

    /// <summary>Maps everything under <c>/scim</c>: each answer there, also to unknown paths and methods, is SCIM JSON.</summary>
    public static void MapScim(this IEndpointRouteBuilder endpoints)
    {
        var routes = endpoints.ServiceProvider.GetRequiredService<ScimRoutes>().All;
        foreach (var path in routes.Where(route => route.Path.Length > 0).GroupBy(route => route.Path))
        {
            foreach (var route in path)
            {
                Open(
                    route.Method is null
                        ? endpoints.Map($"{Base}/{route.Path}", http => RunAsync(http, route))
                        : endpoints.MapMethods($"{Base}/{route.Path}", route.Methods, http => RunAsync(http, route))
                );
            }

            if (path.All(route => route.Method is not null))
            {
                var refusing = Refusing(path);
                Open(endpoints.Map($"{Base}/{path.Key}", http => RunAsync(http, refusing)));
            }
        }

        Open(endpoints.Map(Base, http => RunRootAsync(http, routes)));
        Open(endpoints.Map($"{Root}/{{**path}}", http => RunAsync(http, Unknown)));
    }

    /// <summary>Says of an address that is none of the endpoint's whether it was meant for another version (RFC 7644, section 3.13).</summary>
    private static ScimError RefusalOf(PathString path)
    {
        var version = path.Value!.Split('/').ElementAtOrDefault(2) ?? "";
        return OtherVersion().IsMatch(version)
            ? ScimError.InvalidVersion($"SCIM {version} is not served here. Use v2 and the SCIM base URL that the portal shows.")
            : NothingHere;
    }

    [GeneratedRegex(@"^v(?!2(\.0)?$)[0-9]+(\.[0-9]+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherVersion();

    // A token stands for everything here: neither the portal's cookie nor its antiforgery token means anything.
    private static void Open(IEndpointConventionBuilder endpoint) => endpoint.AllowAnonymous().DisableAntiforgery();

    private static Task RunAsync(HttpContext http, ScimRoute route) =>
        http
            .RequestServices.GetRequiredService<ScimPipeline>()
            .RunAsync(http, http.Request.RouteValues["identifier"] as string ?? "", route);

    private static Task RunRootAsync(HttpContext http, IReadOnlyList<ScimRoute> routes)
    {
        var path = "";
        if (MangledAddress.Read(http.Request.QueryString.Value ?? "") is { } mangled)
        {
            path = mangled.Path;
            if (path.Contains("%00", StringComparison.Ordinal))
            {
                // No path holds this character: in its proper place the server refuses it before it comes here.
                return RunAsync(http, Unknown);
            }

            http.Request.Path = http.Request.Path.Add(PathString.FromUriComponent(path));
            http.Request.QueryString = mangled.Query;
        }

        var fitting = routes.Where(route => route.Matches(path, http.Request.RouteValues)).ToList();
        return RunAsync(
            http,
            fitting.Find(route => route.Serves(http.Request.Method)) ?? (fitting.Count == 0 ? Unknown : Refusing(fitting))
        );
    }

    /// <summary>For the other methods of an address. OPTIONS asks for just what the refusals say.</summary>
    private static ScimRoute Refusing(IEnumerable<ScimRoute> routes)
    {
        var allow = string.Join(", ", routes.SelectMany(route => route.Methods).Append(HttpMethods.Options));
        return new ScimRoute(null, "", request => Task.FromResult(ScimAnswer.Allowed(request.Http.Request.Method, allow)))
        {
            Access = ScimAccess.Anyone,
        };
    }
}
