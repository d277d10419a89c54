using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.Users;

public sealed class ImportDialogTests : AdministrationTestContext
{
    private const string Titles = "User name,First name,Last name,Type\n";

    private IRenderedComponent<IComponent> _dialogs = default!;

    [Fact]
    public async Task A_good_file_is_counted_before_it_is_written_and_then_imported()
    {
        Choose(Titles + "bob@example.com,Bob,Berg,Technician\neve@example.com,Eve,Berg,End user\n");
        _dialogs.WaitForAssertion(() => Assert.Equal("Import 2 users", _dialogs.Find(TestId("import")).TextContent.Trim()));
        Assert.Contains("1", _dialogs.Find(TestId("import-technicians")).TextContent, StringComparison.Ordinal);
        Assert.Empty(_dialogs.FindAll(TestId("import-send")));
        Assert.Equal(1, await CountAsync());

        await _dialogs.Find(TestId("import")).ClickAsync();

        _dialogs.WaitForAssertion(() =>
            Assert.Contains("2 users are imported.", _dialogs.Find(TestId("imported")).TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task A_file_with_problems_shows_them_by_line_and_can_not_be_imported()
    {
        Choose(Titles + "bob@example.com,<b>Bob</b>,Berg,Technician\nada@example.com,Ada,Lind,Technician\n");

        _dialogs.WaitForAssertion(() => Assert.Equal(2, _dialogs.FindAll(TestId("import-problem")).Count));
        Assert.StartsWith("Line 2: First name:", _dialogs.FindAll(TestId("import-problem"))[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("2 problems", _dialogs.Find(TestId("import-problems")).TextContent, StringComparison.Ordinal);
        Assert.Empty(_dialogs.FindAll(TestId("import")));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task What_came_in_between_is_shown_like_any_other_problem()
    {
        Choose(Titles + "bob@example.com,Bob,Berg,Technician\n");
        _dialogs.WaitForAssertion(() => Assert.NotEmpty(_dialogs.FindAll(TestId("import"))));
        await new SampleDirectory(Installation).AddPersonAsync("bob@example.com");

        await _dialogs.Find(TestId("import")).ClickAsync();

        _dialogs.WaitForAssertion(() =>
            Assert.Contains("has an account already", _dialogs.Find(TestId("import-problem")).TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void What_is_no_table_is_refused_at_the_field()
    {
        Choose("hello");

        _dialogs.WaitForAssertion(() =>
            Assert.Contains("The file has no people.", _dialogs.Find(TestId("field-error")).TextContent, StringComparison.Ordinal)
        );
    }

    private void Choose(string file)
    {
        _dialogs = RenderProviders();
        _ = ImportDialog.ShowAsync(Services.GetRequiredService<MudBlazor.IDialogService>());
        _dialogs.WaitForAssertion(() => Assert.NotEmpty(_dialogs.FindAll(TestId("import-file"))));
        _dialogs.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(file, "people.csv"));
    }

    private Task<int> CountAsync() => Get<People>().CountAsync(Administrator.Actor, new PeopleFilter(), CancellationToken.None);
}
