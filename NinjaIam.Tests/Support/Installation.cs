using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using NinjaIam.Core;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>
/// An installation without its web pages: every service of the product over a SQLite database of its own in a temporary directory.
/// The clock stands at noon UTC on 23 November 2026 and moves only when a test moves it.
/// </summary>
public sealed class Installation : IAsyncLifetime
{
    public const string AdministratorEmail = "ada@example.com";
    public const string AdministratorPassword = "correct horse battery";

    internal const int FewRounds = 200;

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");
    private IHost? _host;

    public FakeTimeProvider Clock { get; init; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What else a test does with each connection that is opened for reading. Set it before <see cref="InitializeAsync"/>.</summary>
    public Action<SqliteConnection> WatchReader { get; init; } = _ => { };

    /// <summary>Sets mail up; it is not unless a test does. Set it before <see cref="InitializeAsync"/>.</summary>
    public Action<MailOptions> Mail { get; set; } = _ => { };

    /// <summary>Settings of the configuration. Set them before <see cref="InitializeAsync"/>.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Most tests have nothing to say about how dear a password is to guess, and hash it a thousand times more quickly.</summary>
    public bool HashesSlowly { get; init; }

    /// <summary>Most tests sign in with a password alone.</summary>
    public SecondFactorRule SecondFactor { get; init; } = SecondFactorRule.Offered;

    public string DataDirectory => _directory;

    public IServiceProvider Services => (_host ?? throw new InvalidOperationException("Await InitializeAsync first.")).Services;

    /// <summary>A system administrator who exists.</summary>
    public Origin Administrator { get; private set; } = Origin.Of(Actor.System);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public NinjaIamDbContext Read() => Get<IDbContextFactory<NinjaIamDbContext>>().CreateDbContext();

    public async Task InitializeAsync()
    {
        await MigratedDatabase.CopyToAsync(_directory);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.Configure<StorageOptions>(options => options.DataDirectory = _directory);
        builder.Services.Configure<MailOptions>(options => Mail(options));
        builder.Services.Configure<NinjaIam.Core.Accounts.Factors.SignInOptions>(options => options.SecondFactor = SecondFactor);
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddNinjaIamCore(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        if (!HashesSlowly)
        {
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = FewRounds);
        }

        builder.Services.PostConfigure<StorageOptions>(options => options.PrepareReader += WatchReader);
        _host = builder.Build();
        await _host.Services.PrepareStorageAsync(CancellationToken.None);
        Get<PortalAddress>().Set(new Uri("https://iam.example.com"), isConfigured: true);
        await _host.StartAsync();
        var id = Done(
            await Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = "Ada Lind",
                        Email = AdministratorEmail,
                        Password = AdministratorPassword,
                    },
                    onlyAsFirst: true,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );
        Administrator = await SignedIn.AsAsync(Services, id, "Ada Lind");
    }

    /// <summary>The session of a sign-in that asked for nothing more than the password.</summary>
    internal static LiveSession SessionOf(PasswordSignInResult result) =>
        Assert.IsType<SignInStep.SignedIn>(Assert.IsType<PasswordSignInResult.Right>(result).Next).Session;

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The value of an outcome that must have worked.</summary>
    public static T Done<T>(Outcome<T> outcome) =>
        outcome.Match(value => value, refusal => throw new InvalidOperationException(refusal.Detail));

    /// <summary>The refusal of an outcome that must have refused.</summary>
    public static Refusal Refused<T>(Outcome<T> outcome) =>
        outcome.Match(_ => throw new InvalidOperationException("It should have been refused."), refusal => refusal);
}
