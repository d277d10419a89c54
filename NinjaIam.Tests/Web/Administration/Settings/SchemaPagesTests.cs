using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Settings;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Settings;

public sealed class SchemaPagesTests : AdministrationTestContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Resource_types_stand_there_with_their_schemas_and_where_they_are_defined()
    {
        var page = Open("/administration/settings?tab=schemas");

        var types = page.FindAll(TestId("resource-type")).Select(Words).ToList();
        Assert.Equal("User /Users", types[0][..11]);
        Assert.Contains("Badge (extension) Built in", types[0], StringComparison.Ordinal);
        Assert.Contains("Badge (extension)", page.Find(TestId("resource-type")).TextContent, StringComparison.Ordinal);
        Assert.Equal("Device /Devices Device Warranty (extension) sample.json", types[2]);
    }

    [Fact]
    public void Schemas_are_listed_with_who_uses_them_and_found_by_an_attribute()
    {
        Assert.Equal("11 schemas", Words(Open("/administration/settings?tab=schemas").Find(TestId("list-count"))));
        var found = Open("/administration/settings?tab=schemas&q=serialnumber");

        var schema = found.Find(TestId("schema"));
        Assert.Equal("1 schema", Words(found.Find(TestId("list-count"))));
        Assert.Equal(
            ("Device", "/administration/settings/schemas/urn%3Aexample%3Aparams%3Ascim%3Aschemas%3A1.0%3ADevice"),
            (schema.TextContent, schema.GetAttribute("href"))
        );
        Assert.Equal($"Device {SampleDefinitions.Device} Device sample.json", Words(found.Find(TestId("list-row"))));
    }

    [Theory]
    [InlineData("displayName", "string", "required")]
    [InlineData("serialNumber", "string", "unique for its identity provider, letter case counts, searchable")]
    [InlineData("assetTag", "string", "unique in the installation, searchable")]
    [InlineData("owner", "reference", "searchable, refers to: User")]
    [InlineData("color", "string", "such as: black, white")]
    [InlineData("condition", "string", "one of: New, Used")]
    [InlineData("model", "string", "set once")]
    [InlineData("health", "string", "read only")]
    [InlineData("pin", "string", "write only, never returned")]
    [InlineData("kind", "string", "always returned")]
    [InlineData("fingerprint", "string", "returned on request")]
    [InlineData("tags", "list of string", "searchable")]
    [InlineData("interfaces", "list of complex", "–")]
    [InlineData("interfaces.vlans", "list of integer", "–")]
    public void Every_attribute_is_told_with_type_and_characteristics(string path, string type, string characteristics)
    {
        var page = OpenSchema($"{SampleDefinitions.Device}?q={path}");

        var row = page.FindAll(TestId("list-row")).Single(row => row.QuerySelector(TestId("attribute"))!.TextContent == path);
        Assert.Equal(
            (type, characteristics),
            (row.QuerySelector(TestId("attribute-type"))!.TextContent, row.QuerySelector(TestId("characteristics"))!.TextContent)
        );
    }

    [Fact]
    public void A_schema_says_who_uses_it_and_which_file_defines_it()
    {
        var defined = OpenSchema(SampleDefinitions.Badge);
        var builtIn = OpenSchema("urn:ietf:params:scim:schemas:core:2.0:Group");

        Assert.Equal("Badge", defined.Find("h1").TextContent);
        Assert.Equal("User", Words(defined.Find($"{TestId("used-by")} dd")));
        Assert.Equal("sample.json", Words(defined.Find($"{TestId("defined-by")} dd")));
        Assert.Equal("Built in", Words(builtIn.Find($"{TestId("defined-by")} dd")));
    }

    [Fact]
    public void An_unknown_schema_leads_back_to_the_list()
    {
        var page = OpenSchema("urn:example:none");

        Assert.Equal("/administration/settings?tab=schemas", page.Find($"{TestId("schema-not-found")} a").GetAttribute("href"));
    }

    protected override void AddServices() => Services.AddSingleton(SampleDefinitions.Registry);

    private IRenderedComponent<SettingsPage> Open(string address)
    {
        Navigation.NavigateTo(address);
        return Render<SettingsPage>();
    }

    private IRenderedComponent<SchemaPage> OpenSchema(string urn)
    {
        Navigation.NavigateTo($"/administration/settings/schemas/{urn}");
        return Render<SchemaPage>(page => page.Add(part => part.Urn, urn.Split('?')[0]));
    }

    private static string Words(IElement element) =>
        string.Join(
            ' ',
            string.Join(' ', element.GetDescendants().OfType<IText>().Select(text => text.Data))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
