using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>What becomes of the people whom a provider creates and changes.</summary>
public sealed class UserRuleTests : IAsyncLifetime
{
    private const string Extension = "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User";

    private readonly ScimHost _host = new();
    private ScimClient _fabrikam = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _fabrikam = await _host.AddProviderAsync(
            Samples.Provider("Fabrikam", "fabrikam.com", Vendor.Okta) with
            {
                MayCreateTechnicians = true,
                AllOrganizations = true,
            }
        );
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("rule-25")]
    public async Task Who_is_created_has_a_confirmed_address_and_no_password()
    {
        var account = await _host.AccountAsync(
            await _fabrikam.AddUserAsync("ada@fabrikam.com", ""","emails":[{"value":"ada@fabrikam.com"}]""")
        );

        Assert.Equal(("ada@fabrikam.com", true, null), (account.Email, account.EmailConfirmed, account.PasswordHash));
    }

    [Theory]
    [InlineData("+1 (206) 555-0100")]
    [InlineData("tel:+49-30-12345;ext=7")]
    [InlineData("0172/1234 567")]
    [InlineData("call me")]
    [Proves("rule-29")]
    public async Task A_phone_number_in_any_form_is_kept_as_it_was_sent_and_is_not_the_persons_own(string number)
    {
        var id = await _fabrikam.AddUserAsync("ada@fabrikam.com", $$""","phoneNumbers":[{"type":"work","value":"{{number}}"}]""");

        var changed = await _fabrikam.PatchAsync(
            $"/Users/{id}",
            $$"""{"op":"add","path":"phoneNumbers[type eq \"mobile\"].value","value":"{{number}}"}"""
        );

        Assert.Equal(200, changed.Status);
        Assert.Equal([number, number], changed.Body["phoneNumbers"]!.AsArray().Select(phone => phone!["value"]!.GetValue<string>()));
        Assert.Null((await _host.AccountAsync(id)).PhoneNumber);
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User:userType","value":"Technician"}""")]
    [InlineData("""{"op":"add","value":{"urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User":{"userType":"Technician"}}}""")]
    [InlineData("""{"op":"Replace","value":{"urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User:userType":"Technician"}}""")]
    [InlineData("""{"op":"add","path":"urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User","value":{"userType":"technician"}}""")]
    [Proves("rule-31", "rule-33")]
    public async Task A_change_of_userType_in_every_form_changes_the_kind_and_stands_in_the_journal(string operation)
    {
        var id = await _fabrikam.AddUserAsync("ada@fabrikam.com", $$""","{{Extension}}":{"userType":"endUser"}""");

        var changed = await _fabrikam.PatchAsync($"/Users/{id}", operation);

        Assert.Equal((200, "Technician"), (changed.Status, changed.Body[Extension]!["userType"]!.GetValue<string>()));
        Assert.Equal(AccountKind.Technician, (await _host.AccountAsync(id)).Kind);
        await AssertJournaledAsync(id, "endUser", "Technician");

        var back = await _fabrikam.PutAsync(
            $"/Users/{id}",
            $$"""{"userName":"ada@fabrikam.com","{{Extension}}":{"userType":"endUser"} }"""
        );
        Assert.Equal(200, back.Status);
        Assert.Equal(AccountKind.EndUser, (await _host.AccountAsync(id)).Kind);
        await AssertJournaledAsync(id, "Technician", "endUser");
    }

    [Theory]
    [InlineData("Anne-Marie", "O'Neil")]
    [InlineData("Łukasz", "Müller-Lüdenscheidt")]
    [InlineData("美咲", "佐藤")]
    [InlineData("محمد", "الأحمد")]
    [Proves("rule-49")]
    public async Task Names_of_any_script_are_kept_as_they_were_sent(string given, string family)
    {
        var id = await _fabrikam.AddUserAsync("ada@fabrikam.com", $$""","name":{"givenName":"{{given}}","familyName":"{{family}}"}""");

        var account = await _host.AccountAsync(id);
        Assert.Equal((given, family), (account.GivenName, account.FamilyName));
    }

    [Fact]
    [Proves("rule-49")]
    public async Task Names_of_150_characters_are_kept_whole()
    {
        var name = new string('é', 150);

        var id = await _fabrikam.AddUserAsync("ada@fabrikam.com", $$""","name":{"givenName":"{{name}}","familyName":"{{name}}"}""");

        var account = await _host.AccountAsync(id);
        Assert.Equal((name, name), (account.GivenName, account.FamilyName));
    }

    private async Task AssertJournaledAsync(string id, string before, string after)
    {
        var newest = (await _host.ActivitiesAsync(new ActivityFilter { ResourceId = id }))[0];
        var changes = await _host.Get<Activities>().ChangesAsync(Actor.System, newest.Id, CancellationToken.None);
        Assert.Equal(JournalKind.UserChanged, newest.Kind);
        Assert.Contains(new ChangedValue($"{Extension}:userType", before, after), changes);
    }
}
