using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class LifeCycleTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    [Fact]
    public async Task A_user_is_created_read_replaced_patched_and_deleted()
    {
        var created = await Contoso.PostAsync(
            "/Users",
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Ada@contoso.com","externalId":"a1",
             "name":{"givenName":"Ada","familyName":"Lind"},"emails":[{"value":"home@x.org","type":"home"},{"value":"ada@contoso.com","type":"work"}]}
            """
        );
        Assert.Equal(201, created.Status);
        Assert.Equal("application/scim+json", created.ContentType);
        Assert.Equal(created.Body["meta"]!["location"]!.GetValue<string>(), created.Header("Location"));
        Assert.Equal("W/\"1\"", created.Header("ETag"));
        Assert.Equal(created.Body["meta"]!["created"]!.GetValue<string>(), created.Body["meta"]!["lastModified"]!.GetValue<string>());
        Assert.True(created.Body["active"]!.GetValue<bool>());
        var path = $"/Users/{created.Id}";

        var read = await Contoso.GetAsync(path);
        Assert.Equal(200, read.Status);
        Assert.Equal(created.Text, read.Text);
        var account = await _host.AccountAsync(created.Id);
        Assert.Equal("Ada@contoso.com", account.UserName);
        Assert.Equal("ada@contoso.com", account.Email);
        Assert.True(account.EmailConfirmed);
        Assert.Equal(AccountKind.EndUser, account.Kind);
        Assert.Equal(Contoso.ProviderId, account.ProviderId);
        Assert.Null(account.PasswordHash);

        var patched = await Contoso.PatchAsync(path, """{"op":"replace","path":"name.familyName","value":"Byron"}""");
        Assert.Equal(200, patched.Status);
        Assert.Equal("W/\"2\"", patched.Header("ETag"));
        Assert.Equal("Byron", (await _host.AccountAsync(created.Id)).FamilyName);

        var replaced = await Contoso.PutAsync(path, """{"userName":"ada@contoso.com","externalId":"a1","displayName":"Ada B"}""");
        Assert.Equal(200, replaced.Status);
        Assert.Null(replaced.Body["name"]);
        Assert.True(replaced.Body["active"]!.GetValue<bool>());
        Assert.Equal("Ada B", (await _host.AccountAsync(created.Id)).Name);

        Assert.Equal(204, (await Contoso.DeleteAsync(path)).Status);
        (await Contoso.GetAsync(path)).AssertError(404, null);
        (await Contoso.DeleteAsync(path)).AssertError(404, null);
        (await Contoso.PatchAsync(path, """{"op":"replace","path":"active","value":true}""")).AssertError(404, null);
        account = await _host.AccountAsync(created.Id);
        Assert.False(account.Active);
        Assert.NotNull(account.DeletedAt);
        Assert.Null(account.NormalizedUserName);
        Assert.Equal(0, (await Contoso.GetAsync("/Users")).Body["totalResults"]!.GetValue<int>());
        Assert.Equal(
            [JournalKind.UserChanged, JournalKind.UserChanged, JournalKind.UserCreated, JournalKind.UserDeleted],
            (await _host.ActivitiesAsync(new ActivityFilter { ResourceId = created.Id })).Select(activity => activity.Kind).Order()
        );
    }

    [Fact]
    [Proves("rule-35")]
    public async Task A_group_is_created_read_replaced_patched_and_deleted()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com", ""","displayName":"Ada Lind" """);
        var ben = await Contoso.AddUserAsync("ben@contoso.com");
        var created = await Contoso.PostAsync("/Groups", $$"""{"displayName":"Helpdesk","members":[{"value":"{{ada}}"}]}""");
        Assert.Equal(201, created.Status);
        var member = created.Body["members"]![0]!;
        Assert.Equal(ada, member["value"]!.GetValue<string>());
        Assert.Equal("Ada Lind", member["display"]!.GetValue<string>());
        var path = $"/Groups/{created.Id}";

        var patched = await Contoso.PatchAsync(path, $$"""{"op":"Add","path":"members","value":[{"value":"{{ben}}"}]}""");
        Assert.Equal(204, patched.Status);
        Assert.Equal("", patched.Text);
        Assert.Equal("W/\"2\"", patched.Header("ETag"));
        Assert.Equal([ada, ben], await MembersAsync(path));
        var shown = (await Contoso.GetAsync($"/Users/{ben}")).Body["groups"]!.AsArray();
        Assert.Equal("Helpdesk", Assert.Single(shown)!["display"]!.GetValue<string>());

        var replaced = await Contoso.PutAsync(path, $$"""{"displayName":"Service desk","members":[{"value":"{{ben}}"}]}""");
        Assert.Equal(200, replaced.Status);
        Assert.Equal([ben], await MembersAsync(path));

        Assert.Equal(204, (await Contoso.DeleteAsync(path)).Status);
        (await Contoso.GetAsync(path)).AssertError(404, null);
        Assert.Null((await Contoso.GetAsync($"/Users/{ben}")).Body["groups"]);
        await Contoso.AddGroupAsync("Service desk");
    }

    private async Task<string[]> MembersAsync(string path) =>
        [.. (await Contoso.GetAsync(path)).Body["members"]!.AsArray().Select(member => member!["value"]!.GetValue<string>())];
}
