using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components;
using NinjaIam.Web.Components.Account;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Components.Permitted;
using NinjaIam.Web.Components.Profile;
using Xunit;

namespace NinjaIam.Tests.Architecture;

public sealed partial class RepositoryTests
{
    private static readonly string[] Texts =
    [
        ".cs",
        ".razor",
        ".resx",
        ".css",
        ".js",
        ".json",
        ".md",
        ".sh",
        ".props",
        ".csproj",
        ".sln",
        "run",
    ];

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() =>
        Assert.Empty(SourceFile.Below("", Texts).SelectMany(file => file.Offending(line => MachinePath().IsMatch(line))));

    [Fact]
    public void Every_text_of_the_portal_is_used()
    {
        var code = SourceFile.Below("NinjaIam.Web", ".cs", ".razor").Select(file => file.Text).ToList();
        var unused = SourceFile
            .Below("NinjaIam.Web", "Texts.resx")
            .SelectMany(file =>
                XDocument
                    .Parse(file.Text)
                    .Descendants("data")
                    .Select(entry => (Texts: Path.GetFileNameWithoutExtension(file.Path), Key: entry.Attribute("name")!.Value))
            )
            .Where(text => !code.Any(source => Uses(source, text.Texts, text.Key)))
            .Select(text => $"{text.Texts}.{text.Key}");

        Assert.Empty(unused);
    }

    [Fact]
    public void Every_page_is_for_system_administrators_unless_it_is_a_plain_page_or_asks_what_roles_permit()
    {
        Type[] ofEverybody =
        [
            typeof(HomePage),
            typeof(NotAllowedPage),
            typeof(PermittedGroupsPage),
            typeof(PermittedOrganizationsPage),
            typeof(PermittedUserPage),
            typeof(PermittedUsersPage),
            typeof(ProfilePage),
        ];
        var open = typeof(App)
            .Assembly.GetTypes()
            .Where(type => type.GetCustomAttributes<RouteAttribute>().Any())
            .Where(type => type.Namespace != typeof(SignIn).Namespace && type != typeof(NotFoundPage))
            .Where(type =>
                type.GetCustomAttribute<AllowAnonymousAttribute>() is not null
                || !type.GetCustomAttributes<AuthorizeAttribute>()
                    .Any(attribute => attribute.Policy == (ofEverybody.Contains(type) ? Policies.SignedIn : Policies.SystemAdministrator))
            )
            .Select(type => type.FullName);

        Assert.Empty(open);
    }

    private static bool Uses(string source, string texts, string key) =>
        Regex.IsMatch(source, $@"\b{texts}\.{key}\b")
        || (Regex.IsMatch(source, $@"using static [\w.]+\.{texts};") && Regex.IsMatch(source, $@"\b{key}\b"));

    [GeneratedRegex(@"(?<![\w.}])/(root|work|home)/|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
