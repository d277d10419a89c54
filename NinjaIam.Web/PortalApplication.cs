using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using NinjaIam.Core;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Mail;
using NinjaIam.Core.ScimApi;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Core.Storage;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Commands;
using NinjaIam.Web.Components;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web;

/// <summary>Builds the whole program: portal, SCIM endpoint and background work in one process.</summary>
internal static class PortalApplication
{
    private const int LongestRequestLine = 32 * 1024;
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(15);

    /// <exception cref="InvalidSettingException">A setting is wrong; the message says how it should be.</exception>
    public static WebApplication Build(PortalSettings settings)
    {
        // The content root is where appsettings.json and the published files lie, however and from wherever the program was started.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = typeof(PortalApplication).Assembly.GetName().Name,
            }
        );
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(PortalConfiguration.UrlsOf(builder.Configuration, settings.Urls));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // An encoded filter of 4 KB fits, so that it gets its SCIM answer instead of a bare 414.
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.AddServerHeader = false;
        });

        var dataDirectory = PortalConfiguration.DataDirectoryOf(builder.Configuration, settings.DataDirectory);
        AddServices(builder, settings, dataDirectory);
        WebApplication? app = null;
        // What keeps the program from starting is thrown to its caller, who says it in words; the host would print its trace first.
        builder.Logging.AddFilter(
            HostCategory,
            level => level >= LogLevel.Warning && app?.Lifetime.ApplicationStarted.IsCancellationRequested == true
        );
        app = builder.Build();
        AddRoutes(app);
        return app;
    }

    /// <summary>Brings the database to this version's shape, starts to serve, and settles where the portal is reached.</summary>
    /// <exception cref="InvalidSettingException">A setting is wrong; the message says how it should be.</exception>
    public static async Task StartServingAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        var settings = app.Services.GetRequiredService<PortalSettings>();
        var publicBaseUrl = settings.IsDemonstration ? null : PortalConfiguration.PublicBaseUrlOf(app.Configuration);
        if (publicBaseUrl is not null)
        {
            app.Services.GetRequiredService<PortalAddress>().Set(publicBaseUrl, isConfigured: true);
        }

        if (!settings.IsDemonstration)
        {
            app.Services.GetRequiredService<PortalAddress>().SetBranded(PortalConfiguration.BrandedBaseUrlsOf(app.Configuration));
        }

        await app.Services.PrepareStorageAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        if (publicBaseUrl is null)
        {
            // The port may be known only now. Until here the SCIM endpoint has asked clients to come back.
            PublicAddress.SettleAsBound(app, settings.IsDemonstration);
        }
    }

    private static void AddServices(WebApplicationBuilder builder, PortalSettings settings, string dataDirectory)
    {
        var keys = DataDirectory.KeysIn(dataDirectory);
        DataDirectory.Create(dataDirectory);
        DataDirectory.Create(keys);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Clock);
        builder.Services.AddSingleton(
            settings.IsDemonstration
                ? SchemaDefinitions.Read(settings.Definitions is { } given ? Path.GetFullPath(given) : null, CommandLine.Definitions)
                : SchemaDefinitions.Read(
                    PortalConfiguration.DefinitionsOf(builder.Configuration, dataDirectory),
                    PortalConfiguration.DefinitionsKey
                )
        );
        builder.Services.Configure<StorageOptions>(options => options.DataDirectory = dataDirectory);
        var requestLog = new RequestLogOptions();
        PortalConfiguration.Apply(builder.Configuration, requestLog);
        builder.Services.AddSingleton(Options.Create(requestLog));
        var limits = new RequestLimitOptions();
        PortalConfiguration.Apply(builder.Configuration, limits);
        builder.Services.AddSingleton(Options.Create(limits));
        var sessions = new SessionLimits();
        PortalConfiguration.Apply(builder.Configuration, sessions);
        builder.Services.AddSingleton(Options.Create(sessions));
        var mail = new MailOptions();
        if (!settings.IsDemonstration)
        {
            // Made-up people have made-up addresses, which may belong to somebody.
            PortalConfiguration.Apply(builder.Configuration, mail);
        }

        builder.Services.AddSingleton(Options.Create(mail));
        var signIn = new SignInOptions();
        PortalConfiguration.Apply(builder.Configuration, signIn);
        signIn.SecondFactor = settings.SecondFactor ?? signIn.SecondFactor;
        builder.Services.AddSingleton(Options.Create(signIn));
        builder.Services.Configure<ForwardedHeadersOptions>(options => PortalConfiguration.Apply(builder.Configuration, options));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Farewell);
        builder.Services.AddDataProtection().SetApplicationName("NinjaIam").PersistKeysToFileSystem(new DirectoryInfo(keys));
        builder.Services.AddNinjaIamCore(builder.Configuration);
        builder.Services.AddScimApi();
        builder.Services.AddSingleSignOn();
        builder.Services.AddSignIn();
        builder.Services.AddPortalComponents();
    }

    private static void AddRoutes(WebApplication app)
    {
        app.UseForwardedHeaders();

        // Ahead of all that serves people: cookies, languages and pages for errors mean nothing to a provisioning client.
        app.MapWhen(
            http => http.Request.Path.StartsWithSegments(ScimEndpoints.Root, StringComparison.OrdinalIgnoreCase),
            scim => scim.UseRouting().UseEndpoints(endpoints => endpoints.MapScim())
        );
        app.UseRouting();
        app.UseContentSecurity();
        app.UseHostCookies();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.MapStaticAssets().AllowAnonymous();
        app.MapPortalComponents();
        app.MapSignOut();
        app.MapPasskeys();
        app.MapSignInByProvider(PostedRequest.Answer);
        app.MapSingleSignOn(SignInServices.ReplyPath);
    }
}
