using Microsoft.AspNetCore.Authorization;

namespace NinjaIam.Web.Accounts;

/// <summary>Adds signing in to the portal.</summary>
internal static class SignInServices
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddScoped<CurrentPerson>();
        services.AddAuthorizationBuilder().AddPolicy(Policies.SystemAdministrator, policy => policy.RequireAssertion(MayAdminister));
        return services;
    }

    private static bool MayAdminister(AuthorizationHandlerContext context) => context.User.IsSystemAdministrator();
}
