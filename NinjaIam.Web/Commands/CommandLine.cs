namespace NinjaIam.Web.Commands;

/// <summary>Reads the program's own arguments. None of them reaches the host, which would read <c>--bare --urls X</c> as bare="--urls".</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var app = PortalApplication.Build(new PortalSettings());
        await app.RunAsync();
        return 0;
    }
}
