using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

public sealed class PeopleImportTests : IAsyncLifetime
{
    private const string Titles = "User name,First name,Last name,Type,Organization,Role\r\n";

    private readonly Installation _installation = new();

    private SampleDirectory Directory => new(_installation);

    private PeopleImport Import => _installation.Get<PeopleImport>();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("rule-49", "rule-51")]
    public async Task A_file_adds_everybody_in_it_as_invited_without_a_link()
    {
        await AddRoleAsync(AccountKind.Technician, "Help desk");
        var file =
            Titles
            + "bob@example.com,Bob,O’Neil,Technician,All,help DESK\r\n\"eve@example.com\",Ève,\"Иванова\",end user,Default organization,\r\n";

        var preview = Installation.Done(await PreviewAsync(file));
        var imported = Installation.Done(await ImportAsync(file));

        Assert.Equal((1, 1, 0), (preview.Technicians, preview.EndUsers, preview.ProblemCount));
        Assert.Equal(2, imported);
        var people = await PeopleAsync();
        var (bob, eve) = (
            people.Single(person => person.UserName == "bob@example.com"),
            people.Single(person => person.UserName == "eve@example.com")
        );
        Assert.Equal(("Bob O’Neil", AccountKind.Technician, true), (bob.Name, bob.Kind, bob.AllOrganizations));
        Assert.Equal(["Help desk"], bob.Roles);
        Assert.Equal(("Ève Иванова", AccountKind.EndUser, false), (eve.Name, eve.Kind, eve.AllOrganizations));
        Assert.Equal(["Default organization"], eve.Organizations);
        Assert.All(people, person => Assert.Equal((AccountStatus.Invited, true), (person.Status, person.IsImported)));
        await using var database = _installation.Read();
        Assert.All(await database.Users.Where(user => user.ImportedAt != null).ToListAsync(), user => Assert.Null(user.InvitationDigest));
        Assert.Empty(await database.Mails.ToListAsync());
        var journal = await JournalAsync();
        Assert.Equal("2", Assert.Single(journal, entry => entry.Kind == JournalKind.PeopleImported).Subject);
        Assert.Equal(
            ["Bob O’Neil", "Ève Иванова"],
            journal.Where(entry => entry.Kind == JournalKind.UserCreated).Select(entry => entry.Subject).Order()
        );
        Installation.Done(await _installation.Get<ManualPeople>().InviteAsync(bob.Id, _installation.Administrator, CancellationToken.None));
    }

    [Fact]
    public async Task Everybody_gets_a_link_of_their_own_by_mail_where_that_is_wanted()
    {
        var server = _installation.Get<IOptions<MailOptions>>().Value;
        (server.Host, server.Port, server.From, server.Security) = ("127.0.0.1", 9, "iam@example.com", MailSecurity.None);

        Installation.Done(
            await ImportAsync(Titles + "bob@example.com,Bob,Berg,Technician,,\neve@example.com,Eve,Berg,End user,,\n", sends: true)
        );

        await using var database = _installation.Read();
        var mails = await database.Mails.OrderBy(mail => mail.Address).ToListAsync();
        Assert.Equal(["bob@example.com", "eve@example.com"], mails.Select(mail => mail.Address));
        foreach (var mail in mails)
        {
            var token = mail.Text.Split("/invitation/")[1].Split('\n')[0].Trim();
            var opened = await _installation.Get<Invitations>().FindAsync(token, CancellationToken.None);
            Assert.Equal((InvitationState.Pending, mail.Address), (opened.State, opened.UserName));
        }
    }

    [Fact]
    [Proves("rule-49")]
    public async Task Nobody_is_added_while_one_line_is_wrong_and_every_problem_is_named_with_its_line()
    {
        await Directory.AddProviderAsync();
        var file =
            Titles
            + "bob@example.com,Bob,Berg,Technician,,\n"
            + "ADA@example.com,Ada,Lind,Technician,,\n"
            + "eve@contoso.com,Eve,Berg,End user,,\n"
            + "BOB@example.com,Bob,Berg,End user,,\n"
            + "x@example.com,=cmd|' /C calc'!A0,,Admin,Nowhere,Boss\n"
            + "y@example.com,Y\n"
            + $"z@example.com,{new string('z', 151)},Z\"Z,End user,,\n";

        var preview = Installation.Done(await PreviewAsync(file));

        Assert.Equal(
            [
                "3: Somebody with this email address has an account already.",
                "4: Contoso manages the people of contoso.com.",
                "5: The user name stands on line 2 already.",
                "6: First name: Use letters of any script, spaces, hyphens, apostrophes and dots.",
                "6: Last name: Enter the last name.",
                "6: There is no organization “Nowhere”.",
                "6: There is no role “Boss” of this type.",
                "6: Type must be Technician or End user.",
                "7: The line has 2 cells and the first line 6.",
                "8: The quotes are not closed, or stand within a text.",
            ],
            preview.Problems.Select(problem => $"{problem.Line}: {problem.Detail}").Order(StringComparer.Ordinal)
        );
        Assert.StartsWith("Nothing was imported. Line 3:", Installation.Refused(await ImportAsync(file)).Detail, StringComparison.Ordinal);
        Assert.Empty(await PeopleAsync());
        Assert.DoesNotContain(await JournalAsync(), entry => entry.Kind is JournalKind.PeopleImported or JournalKind.UserCreated);
    }

    [Fact]
    public async Task The_first_hundred_problems_are_shown_and_all_are_counted()
    {
        var lines = string.Concat(Enumerable.Range(0, 150).Select(number => $"person{number}@example.com,,Berg,End user,,\n"));

        var preview = Installation.Done(await PreviewAsync(Titles + lines));

        Assert.Equal((100, 150), (preview.Problems.Count, preview.ProblemCount));
    }

    [Theory]
    [InlineData("", "The file has no people.")]
    [InlineData("User name,First name,Last name,Type\n", "The file has no people.")]
    [InlineData("Name,Type\nBob,Technician\n", "Missing: User name, First name, Last name.")]
    [InlineData(
        "Email,First name,Last name,Type,type\nb@example.com,B,B,End user,End user\n",
        "The column “type” stands in the file twice."
    )]
    public async Task A_file_without_what_is_needed_is_refused(string file, string detail) =>
        Assert.Contains(detail, Installation.Refused(await PreviewAsync(file)).Detail, StringComparison.Ordinal);

    [Fact]
    public async Task Columns_come_in_any_order_and_others_are_named_and_not_read()
    {
        var file = "Status;TYPE;Last name;First name;Email;IsAdministrator\nActive;EndUser;Berg;Bob;bob@example.com;true\n";

        var preview = Installation.Done(await PreviewAsync(file));
        Installation.Done(await ImportAsync(file));

        Assert.Equal(["Status", "IsAdministrator"], preview.Ignored);
        Assert.Equal(AccountKind.EndUser, Assert.Single(await PeopleAsync()).Kind);
    }

    [Fact]
    public async Task Ten_thousand_people_come_in_one_write_and_one_more_is_too_many()
    {
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(number => $"person{number}@example.com,Person,Berg,End user,All,\n"));
        var version = await VersionsAsync();

        Assert.Equal(10_000, Installation.Done(await ImportAsync(Titles + lines)));
        Assert.Contains(
            "more than 10,000 people",
            Installation.Refused(await PreviewAsync(Titles + lines + "one@example.com,One,More,End user,,\n")).Detail,
            StringComparison.Ordinal
        );
        Assert.Equal(version + 10_001, await VersionsAsync());
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_unread() =>
        Assert.Equal(
            "The file is larger than 5 MB. Divide it.",
            Installation
                .Refused(
                    await Import.PreviewAsync(
                        _installation.Administrator.Actor,
                        new byte[PeopleImport.MostBytes + 1],
                        CancellationToken.None
                    )
                )
                .Detail
        );

    [Fact]
    public async Task Only_a_system_administrator_imports()
    {
        var technician = await Directory.AddPersonAsync("tom@example.com", change: user => user.Kind = AccountKind.Technician);
        var origin = Origin.Of(new Actor(ActorKind.Administrator, technician, "Tom"));
        var file = Encoding.UTF8.GetBytes(Titles + "bob@example.com,Bob,Berg,Technician,,\n");

        var refusal = Installation.Refused(await Import.ImportAsync(file, false, origin, CancellationToken.None));

        Assert.Equal("Only a system administrator may do this.", refusal.Detail);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            Import.PreviewAsync(new Actor(ActorKind.Provider, Guid.NewGuid(), "Contoso"), file, CancellationToken.None)
        );
    }

    private Task<Outcome<ImportPreview>> PreviewAsync(string file) =>
        Import.PreviewAsync(_installation.Administrator.Actor, Encoding.UTF8.GetBytes(file), CancellationToken.None);

    private Task<Outcome<int>> ImportAsync(string file, bool sends = false) =>
        Import.ImportAsync(Encoding.UTF8.GetBytes(file), sends, _installation.Administrator, CancellationToken.None);

    private async Task<IReadOnlyList<PersonLine>> PeopleAsync() =>
        (
            await _installation
                .Get<People>()
                .ListAsync(Actor.System, new PeopleFilter { Imported = true }, new PageRequest(0, 50), CancellationToken.None)
        ).Items;

    private Task<IReadOnlyList<Activity>> JournalAsync() =>
        _installation.Get<Activities>().ListAsync(Actor.System, new ActivityFilter(), 100, CancellationToken.None);

    private async Task<long> VersionsAsync()
    {
        await using var database = _installation.Read();
        return await database.Set<JournalRow>().LongCountAsync();
    }

    private async Task AddRoleAsync(AccountKind kind, string name) =>
        Installation.Done(
            await _installation
                .Get<Roles>()
                .CreateAsync(kind, new RoleInput { Name = name }, _installation.Administrator, CancellationToken.None)
        );
}
