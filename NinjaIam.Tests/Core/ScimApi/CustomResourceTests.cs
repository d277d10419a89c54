using System.Text.Json.Nodes;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;
using static NinjaIam.Tests.Support.SampleDefinitions;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>A resource type that only a definition knows, over HTTP.</summary>
public sealed class CustomResourceTests : IAsyncLifetime
{
    private readonly ScimHost _host = new() { Schemas = Registry };

    private ScimClient Contoso => _host.Contoso;

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_resource_is_created_read_changed_and_deleted_like_a_built_in_one()
    {
        var created = await Contoso.PostAsync("/Devices", Body("Printer 3", ""","externalId":"d-1","notes":"on loan" """));
        var id = created.Id;

        Assert.Equal(201, created.Status);
        Assert.Equal("W/\"1\"", created.Header("ETag"));
        Assert.EndsWith($"/Devices/{id}", created.Header("Location"), StringComparison.Ordinal);
        Json.Equal(
            $$"""
            {"schemas":["{{Device}}"],"id":"{{id}}","externalId":"d-1","displayName":"Printer 3","notes":"on loan",
             "meta":{"resourceType":"Device","created":"2026-11-23T12:00:00.000Z","lastModified":"2026-11-23T12:00:00.000Z",
                     "location":"{{created.Header("Location")}}","version":"W/\"1\""
            } }
            """,
            created.Body
        );
        Json.Equal(created.Text, (await Contoso.GetAsync($"/Devices/{id}")).Body);

        var patched = await Contoso.PatchAsync($"/Devices/{id}", """{"op":"replace","path":"notes","value":"back"}""");
        Assert.Equal((200, "back", "W/\"2\""), (patched.Status, (string?)patched.Body["notes"], patched.Header("ETag")));

        var replaced = await Contoso.PutAsync($"/Devices/{id}", Body("Printer 4"));
        Assert.Equal((200, "Printer 4"), (replaced.Status, (string?)replaced.Body["displayName"]));
        Assert.Null(replaced.Body["notes"]);

        Assert.Equal(204, (await Contoso.DeleteAsync($"/Devices/{id}")).Status);
        (await Contoso.GetAsync($"/Devices/{id}")).AssertError(404, null);
        Assert.Equal(0, (int)(await Contoso.GetAsync("/Devices")).Body["totalResults"]!);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing()
    {
        var id = await AddAsync("Printer");
        var before = await _host.StateAsync();

        var patched = await Contoso.PatchAsync($"/Devices/{id}", """{"op":"replace","path":"displayName","value":"Printer"}""");

        Assert.Equal((200, "W/\"1\""), (patched.Status, patched.Header("ETag")));
        Assert.Equal(before, await _host.StateAsync());
    }

    [Fact]
    public async Task Entity_tags_are_honoured()
    {
        var id = await AddAsync("Printer");

        var same = await Contoso.SendAsync(
            HttpMethod.Get,
            $"/Devices/{id}",
            null,
            request => request.Headers.Add("If-None-Match", "W/\"1\"")
        );
        var stale = await _host.RefusedAsync(() =>
            Contoso.SendAsync(HttpMethod.Delete, $"/Devices/{id}", null, request => request.Headers.Add("If-Match", "W/\"7\""))
        );

        Assert.Equal(304, same.Status);
        stale.AssertError(412, null);
    }

    [Theory]
    [InlineData("notes", "\"x\"")]
    [InlineData("active", "false")]
    [InlineData("ports", "9223372036854775807")]
    [InlineData("weight", "1.50")]
    [InlineData("boughtAt", "\"2026-01-31T12:00:00+01:00\"")]
    [InlineData("firmware", "\"AAECAw==\"")]
    [InlineData("owner", "\"https://example.com/people/1\"")]
    [InlineData("tags", """["a","b"]""")]
    [InlineData("members", """["x"]""")]
    [InlineData("groups", """["x"]""")]
    [InlineData("color", "\"green\"")]
    [InlineData("location", """{"site":"North","room":"1"}""")]
    [InlineData("interfaces", """[{"value":"00:01","type":"wired","primary":true,"speed":1000,"vlans":[1,2]}]""")]
    public async Task A_value_of_every_type_is_stored_as_it_was_sent(string attribute, string value)
    {
        var id = await AddAsync("Printer", $",\"{attribute}\":{value}");

        Json.Equal(value, (await Contoso.GetAsync($"/Devices/{id}")).Body[attribute]);
    }

    [Theory]
    [InlineData("active", "\"maybe\"", "true or false")]
    [InlineData("ports", "1.5", "a whole number")]
    [InlineData("ports", "\"1\"", "a whole number")]
    [InlineData("weight", "\"heavy\"", "a number")]
    [InlineData("boughtAt", "\"yesterday\"", "a date and time")]
    [InlineData("firmware", "\"*\"", "bytes in Base64")]
    [InlineData("notes", "true", "a text")]
    [InlineData("notes", """["a","b"]""", "takes one value")]
    [InlineData("tags", """[{"value":"a"}]""", "a text")]
    [InlineData("location", "\"North\"", "an object with sub-attributes")]
    [InlineData("location", """{"room":"1"}""", "location.site is required")]
    [InlineData("interfaces", """[{"value":"a","primary":true},{"value":"b","primary":true}]""", "more than one value with primary")]
    [InlineData("condition", "\"broken\"", "must be \"New\" or \"Used\"")]
    public async Task A_value_of_another_type_is_refused(string attribute, string value, string detail)
    {
        var refused = await _host.RefusedAsync(() => Contoso.PostAsync("/Devices", Body("Printer", $",\"{attribute}\":{value}")));

        refused.AssertError(400, "invalidValue", detail);
    }

    [Fact]
    public async Task Canonical_values_that_are_the_only_ones_are_stored_in_their_spelling()
    {
        var id = await AddAsync("Printer", ""","condition":"uSeD" """);

        Assert.Equal("Used", (string?)(await Contoso.GetAsync($"/Devices/{id}")).Body["condition"]);
    }

    [Fact]
    public async Task A_required_attribute_must_come_and_stay()
    {
        var missing = await _host.RefusedAsync(() => Contoso.PostAsync("/Devices", """{"notes":"x"}"""));
        var id = await AddAsync("Printer", ""","location":{"site":"North","room":"1"}""");
        var removed = await _host.RefusedAsync(() => Contoso.PatchAsync($"/Devices/{id}", """{"op":"remove","path":"displayName"}"""));
        var part = await _host.RefusedAsync(() => Contoso.PatchAsync($"/Devices/{id}", """{"op":"remove","path":"location.site"}"""));
        var replaced = await _host.RefusedAsync(() => Contoso.PutAsync($"/Devices/{id}", """{"notes":"x"}"""));

        missing.AssertError(400, "invalidValue", "displayName is required");
        removed.AssertError(400, "mutability");
        part.AssertError(400, "mutability");
        replaced.AssertError(400, "invalidValue", "displayName is required");
    }

    [Fact]
    public async Task What_is_read_only_is_ignored_in_bodies_and_refused_as_a_path()
    {
        var id = await AddAsync("Printer", ""","health":"good" """);
        var refused = await _host.RefusedAsync(() =>
            Contoso.PatchAsync($"/Devices/{id}", """{"op":"add","path":"health","value":"good"}""")
        );

        Assert.Null((await Contoso.GetAsync($"/Devices/{id}")).Body["health"]);
        refused.AssertError(400, "mutability");
    }

    [Fact]
    public async Task What_is_immutable_is_given_once()
    {
        var id = await AddAsync("Printer");
        await PatchedAsync(id, """{"op":"add","path":"model","value":"X1"}""");
        await PatchedAsync(id, """{"op":"add","path":"location","value":{"site":"North","building":"A"}}""");
        await PatchedAsync(id, """{"op":"add","path":"interfaces","value":[{"value":"00:01","slot":"1"}]}""");

        foreach (
            var operation in (string[])
                [
                    """{"op":"replace","path":"model","value":"X2"}""",
                    """{"op":"remove","path":"model"}""",
                    """{"op":"replace","path":"location.building","value":"B"}""",
                    """{"op":"remove","path":"location"}""",
                    """{"op":"replace","path":"interfaces[value eq \"00:01\"].slot","value":"2"}""",
                    """{"op":"remove","path":"interfaces[value eq \"00:01\"].slot"}""",
                    """{"op":"add","path":"interfaces","value":[{"value":"00:01","slot":"2"}]}""",
                ]
        )
        {
            var refused = await _host.RefusedAsync(() => Contoso.PatchAsync($"/Devices/{id}", operation));
            refused.AssertError(400, "mutability", "can't be changed");
        }

        var other = await _host.RefusedAsync(() => Contoso.PutAsync($"/Devices/{id}", Body("Printer", ""","model":"X2" """)));
        var kept = await Contoso.PutAsync(
            $"/Devices/{id}",
            Body("Renamed", ""","model":"X1","interfaces":[{"value":"00:02","slot":"9"}]""")
        );

        other.AssertError(400, "mutability");
        Json.Equal("""{"site":"North","building":"A"}""", kept.Body["location"]);
        Json.Equal("""[{"value":"00:02","slot":"9"}]""", kept.Body["interfaces"]);
    }

    [Fact]
    public async Task What_is_never_returned_is_stored_and_nowhere_shown()
    {
        var id = await AddAsync(
            "Printer",
            ""","pin":"1234","secret":"5678","location":{"site":"N","key":"9012"},"interfaces":[{"value":"00:01","key":"3456"}]"""
        );
        await PatchedAsync(id, """{"op":"replace","path":"pin","value":"7890"}""");
        await Contoso.PutAsync($"/Devices/{id}", Body("Renamed", ""","location":{"site":"N"}"""));

        var answers = new[]
        {
            await Contoso.GetAsync($"/Devices/{id}"),
            await Contoso.GetAsync($"/Devices/{id}?attributes=pin,secret,location,interfaces.key"),
            await Contoso.GetAsync("/Devices"),
        };
        var document = JsonNode.Parse((await DocumentAsync(id))!)!;

        Assert.All(answers, answer => Assert.DoesNotMatch("1234|5678|9012|3456|7890", answer.Text));
        Assert.Equal(
            ("7890", "5678", "9012"),
            ((string?)document["pin"], (string?)document["secret"], (string?)document["location"]!["key"])
        );
        Assert.DoesNotMatch("1234|5678|9012|3456|7890", await JournalAsync());
        foreach (var filter in (string[])["pin eq \"7890\"", "secret pr", "location.key eq \"9012\"", "interfaces[key eq \"3456\"]"])
        {
            (await Contoso.GetAsync($"/Devices?filter={Uri.EscapeDataString(filter)}")).AssertError(403, "sensitive");
        }

        (await Contoso.GetAsync("/Devices?sortBy=pin")).AssertError(400, "invalidPath");
    }

    [Fact]
    public async Task What_is_returned_on_request_comes_when_it_is_named_or_was_written()
    {
        var created = await Contoso.PostAsync("/Devices", Body("Printer", ""","fingerprint":"ab","kind":"laser" """));
        var id = created.Id;
        var written = await Contoso.PatchAsync($"/Devices/{id}", """{"op":"replace","value":{"fingerprint":"cd"}}""");
        var other = await Contoso.PatchAsync($"/Devices/{id}", """{"op":"replace","path":"notes","value":"x"}""");

        Assert.Equal("ab", (string?)created.Body["fingerprint"]);
        Assert.Equal("cd", (string?)written.Body["fingerprint"]);
        Assert.Null(other.Body["fingerprint"]);
        Assert.Null((await Contoso.GetAsync($"/Devices/{id}")).Body["fingerprint"]);
        Assert.Equal("cd", (string?)(await Contoso.GetAsync($"/Devices/{id}?attributes=fingerprint")).Body["fingerprint"]);
    }

    [Fact]
    public async Task What_is_always_returned_can_t_be_left_out()
    {
        var id = await AddAsync("Printer", ""","kind":"laser","notes":"x" """);

        var only = await Contoso.GetAsync($"/Devices/{id}?attributes=notes");
        var without = await Contoso.GetAsync($"/Devices/{id}?excludedAttributes=kind,notes");

        Json.Equal($$"""{"schemas":["{{Device}}"],"id":"{{id}}","kind":"laser","notes":"x"}""", only.Body);
        Assert.Equal("laser", (string?)without.Body["kind"]);
        Assert.Null(without.Body["notes"]);
    }

    [Fact]
    public async Task A_unique_value_belongs_to_one_resource_of_the_provider()
    {
        var first = await AddAsync(
            "Printer",
            ""","serialNumber":"S-1","interfaces":[{"value":"00:01"},{"value":"00:01","type":"wired"}]"""
        );
        var second = await AddAsync("Scanner", ""","serialNumber":"s-1" """);

        var created = await _host.RefusedAsync(() => Contoso.PostAsync("/Devices", Body("Other", ""","serialNumber":"S-1" """)));
        var changed = await _host.RefusedAsync(() =>
            Contoso.PatchAsync($"/Devices/{second}", """{"op":"replace","path":"serialNumber","value":"S-1"}""")
        );
        var listed = await _host.RefusedAsync(() =>
            Contoso.PatchAsync($"/Devices/{second}", """{"op":"add","path":"interfaces","value":[{"value":"00:01"}]}""")
        );

        created.AssertError(409, "uniqueness", $"serialNumber \"S-1\" is taken by the Device {first}");
        changed.AssertError(409, "uniqueness", first);
        listed.AssertError(409, "uniqueness", $"interfaces.value \"00:01\" is taken by the Device {first}");

        await PatchedAsync(first, """{"op":"replace","path":"serialNumber","value":"S-2"}""");
        await PatchedAsync(second, """{"op":"replace","path":"serialNumber","value":"S-1"}""");
        await Contoso.DeleteAsync($"/Devices/{second}");
        await AddAsync("Third", ""","serialNumber":"S-1" """);
    }

    [Fact]
    public async Task A_globally_unique_value_belongs_to_one_resource_of_the_installation()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        await AddAsync("Printer", ""","assetTag":"A-1","serialNumber":"S-1" """);

        var refused = await _host.RefusedAsync(() => fabrikam.PostAsync("/Devices", Body("Printer", ""","assetTag":"a-1" """)));
        var allowed = await fabrikam.PostAsync("/Devices", Body("Printer", ""","serialNumber":"S-1" """));

        Assert.DoesNotContain("Device ", refused.AssertError(409, "uniqueness", "taken in this installation"), StringComparison.Ordinal);
        Assert.Equal(201, allowed.Status);
    }

    [Fact]
    public async Task Two_requests_for_one_unique_value_end_with_one_of_them()
    {
        var answers = await _host.TogetherAsync(
            Enumerable.Range(0, 5).Select(number => Contoso.PostAsync("/Devices", Body($"Device {number}", ""","serialNumber":"S-1" """)))
        );

        Assert.Equal([201, 409, 409, 409, 409], answers.Select(answer => answer.Status).Order());
    }

    [Theory]
    [InlineData("displayName eq \"PRINTER\"", "1")]
    [InlineData("displayName sw \"print\" and ports gt 2", "1")]
    [InlineData("serialNumber eq \"S-1\"", "1")]
    [InlineData("serialNumber eq \"s-1\"", "")]
    [InlineData("ports ge 4", "1 2")]
    [InlineData("weight lt 1.6", "1")]
    [InlineData("boughtAt gt \"2026-01-31T11:30:00Z\"", "2")]
    [InlineData("active eq true", "2")]
    [InlineData("not (active pr)", "3")]
    [InlineData("tags eq \"A\"", "1")]
    [InlineData("tags co \"b\"", "1 2")]
    [InlineData("firmware eq \"AAECAw==\"", "1")]
    [InlineData("owner eq \"https://example.com/1\"", "1")]
    [InlineData("location.site eq \"north\"", "1 2")]
    [InlineData("location.room eq \"2\"", "2")]
    [InlineData("interfaces[type eq \"wired\" and speed gt 100]", "1")]
    [InlineData("interfaces.value eq \"00:02\"", "1")]
    [InlineData("interfaces.vlans eq 7", "2")]
    [InlineData("urn:example:params:scim:schemas:1.0:Warranty:until gt \"2027-01-01T00:00:00Z\"", "2")]
    [InlineData("URN:example:params:scim:schemas:1.0:Device:ports eq 4", "1")]
    [InlineData("until pr", "1 2")]
    [InlineData("schemas eq \"urn:example:params:scim:schemas:1.0:Warranty\"", "1 2")]
    [InlineData("meta.resourceType eq \"Device\"", "1 2 3")]
    public async Task Filters_find_by_every_type(string filter, string expected)
    {
        await AddThreeAsync();

        var found = await Contoso.GetAsync($"/Devices?filter={Uri.EscapeDataString(filter)}");

        Assert.True(found.Status == 200, found.Text);
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            found.Body["Resources"]!.AsArray().Select(device => (string?)device!["externalId"])
        );
        Assert.Equal(found.Body["Resources"]!.AsArray().Count, (int)found.Body["totalResults"]!);
    }

    [Theory]
    [InlineData("ports", "ascending", "1 2 3")]
    [InlineData("ports", "descending", "3 2 1")]
    [InlineData("weight", "descending", "3 2 1")]
    [InlineData("boughtAt", "ascending", "1 2 3")]
    [InlineData("displayName", "ascending", "3 1 2")]
    [InlineData("tags", "descending", "3 2 1")]
    [InlineData("location.site", "ascending", "1 2 3")]
    [InlineData("urn:example:params:scim:schemas:1.0:Warranty:until", "descending", "3 2 1")]
    public async Task Lists_are_sorted_by_what_is_searchable(string sortBy, string sortOrder, string expected)
    {
        await AddThreeAsync();

        var page = await Contoso.GetAsync($"/Devices?sortBy={sortBy}&sortOrder={sortOrder}");
        var walked = new List<string?>();
        for (var cursor = ""; cursor is not null; )
        {
            var part = await Contoso.GetAsync($"/Devices?sortBy={sortBy}&sortOrder={sortOrder}&count=1&cursor={cursor}");
            walked.AddRange(part.Body["Resources"]!.AsArray().Select(device => (string?)device!["externalId"]));
            cursor = (string?)part.Body["nextCursor"];
        }

        Assert.Equal(expected.Split(' '), page.Body["Resources"]!.AsArray().Select(device => (string?)device!["externalId"]));
        Assert.Equal(expected.Split(' '), walked);
    }

    [Fact]
    public async Task What_is_not_searchable_can_t_be_sorted_by() =>
        (await Contoso.GetAsync("/Devices?sortBy=notes")).AssertError(400, "invalidPath", "Use displayName, externalId or id");

    [Theory]
    [InlineData("""{"op":"add","path":"tags","value":["c"]}""", "tags", """["a","b","c"]""")]
    [InlineData("""{"op":"remove","path":"tags","value":["a"]}""", "tags", """["b"]""")]
    [InlineData("""{"op":"remove","path":"tags"}""", "tags", null)]
    [InlineData("""{"op":"replace","path":"tags","value":["z"]}""", "tags", """["z"]""")]
    [InlineData("""{"op":"add","path":"ports","value":9}""", "ports", "9")]
    [InlineData("""{"op":"add","path":"location.room","value":"9"}""", "location", """{"site":"North","room":"9"}""")]
    [InlineData("""{"op":"replace","path":"location","value":{"room":"9"}}""", "location", """{"site":"North","room":"9"}""")]
    [InlineData(
        """{"op":"replace","path":"interfaces[type eq \"wired\"].speed","value":10}""",
        "interfaces",
        """[{"value":"00:01","type":"wired","speed":10},{"value":"00:02"}]"""
    )]
    [InlineData(
        """{"op":"add","path":"interfaces[type eq \"wireless\"].value","value":"00:03"}""",
        "interfaces",
        """[{"value":"00:01","type":"wired","speed":1000},{"value":"00:02"},{"value":"00:03","type":"wireless"}]"""
    )]
    [InlineData("""{"op":"remove","path":"interfaces[value eq \"00:01\"]"}""", "interfaces", """[{"value":"00:02"}]""")]
    [InlineData(
        """{"op":"replace","path":"urn:example:params:scim:schemas:1.0:Warranty:contract","value":"C-9"}""",
        Warranty,
        """{"until":"2026-12-31T00:00:00Z","contract":"C-9"}"""
    )]
    [InlineData(
        """{"op":"replace","value":{"urn:example:params:scim:schemas:1.0:Warranty:contract":"C-9"}}""",
        Warranty,
        """{"until":"2026-12-31T00:00:00Z","contract":"C-9"}"""
    )]
    [InlineData("""{"op":"remove","path":"urn:example:params:scim:schemas:1.0:Warranty"}""", Warranty, null)]
    public async Task A_patch_changes_values_of_every_shape(string operation, string attribute, string? expected)
    {
        await AddThreeAsync();
        var id = (await Contoso.GetAsync("/Devices?filter=externalId%20eq%20%221%22")).Body["Resources"]![0]!["id"]!.GetValue<string>();

        var patched = await Contoso.PatchAsync($"/Devices/{id}", operation);

        Assert.True(patched.Status == 200, patched.Text);
        var value = patched.Body[attribute];
        if (expected is null)
        {
            Assert.Null(value);
        }
        else
        {
            Json.Equal(expected, value);
        }
    }

    [Fact]
    public async Task A_required_attribute_of_an_extension_is_required_with_the_extension()
    {
        var refused = await _host.RefusedAsync(() =>
            Contoso.PostAsync("/Devices", Body("Printer", $$""","{{Warranty}}":{"contract":"C-1"}"""))
        );

        refused.AssertError(400, "invalidValue", $"{Warranty}:until is required");
    }

    [Fact]
    public async Task A_deleted_resource_comes_back_by_its_external_id_within_thirty_days()
    {
        var id = await AddAsync("Printer", ""","externalId":"d-1","serialNumber":"S-1","notes":"old" """);
        await Contoso.DeleteAsync($"/Devices/{id}");

        var returned = await Contoso.PostAsync("/Devices", Body("Printer", ""","externalId":"d-1" """));
        await Contoso.DeleteAsync($"/Devices/{id}");
        _host.Clock.Advance(TimeSpan.FromDays(31));
        var another = await Contoso.PostAsync("/Devices", Body("Printer", ""","externalId":"d-1" """));

        Assert.Equal((201, id), (returned.Status, returned.Id));
        Assert.Null(returned.Body["notes"]);
        Assert.NotEqual(id, another.Id);
        Assert.Equal(
            [
                JournalKind.ResourceCreated,
                JournalKind.ResourceDeleted,
                JournalKind.ResourceReturned,
                JournalKind.ResourceDeleted,
                JournalKind.ResourceCreated,
            ],
            (await ChangesAsync()).Select(activity => activity.Kind)
        );
    }

    [Fact]
    public async Task Another_provider_s_resource_is_none()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var id = await AddAsync("Printer", ""","serialNumber":"S-1" """);

        var unknown = (await fabrikam.GetAsync($"/Devices/{Guid.NewGuid():D}")).Body["detail"]!.GetValue<string>();

        Assert.Equal(unknown.Length, (await fabrikam.GetAsync($"/Devices/{id}")).AssertError(404, null).Length);
        (await _host.RefusedAsync(() => fabrikam.PatchAsync($"/Devices/{id}", """{"op":"remove","path":"notes"}"""))).AssertError(
            404,
            null
        );
        (await _host.RefusedAsync(() => fabrikam.PutAsync($"/Devices/{id}", Body("x")))).AssertError(404, null);
        (await _host.RefusedAsync(() => fabrikam.DeleteAsync($"/Devices/{id}"))).AssertError(404, null);
        Assert.Equal(0, (int)(await fabrikam.GetAsync("/Devices")).Body["totalResults"]!);
    }

    [Fact]
    public async Task An_id_of_another_type_is_none()
    {
        var device = await AddAsync("Printer");
        var user = await Contoso.AddUserAsync("ada@contoso.com");

        (await Contoso.GetAsync($"/Users/{device}")).AssertError(404, null);
        (await Contoso.GetAsync($"/Devices/{user}")).AssertError(404, null);
        (await Contoso.PostAsync("/Groups", $$"""{"displayName":"G","members":[{"value":"{{device}}"}]}""")).AssertError(
            400,
            "invalidValue"
        );
    }

    [Fact]
    public async Task Activities_tell_what_happened_to_which_device()
    {
        var id = await AddAsync("Printer 3", ""","notes":"a" """);
        await PatchedAsync(id, """{"op":"replace","path":"notes","value":"b"}""");
        await Contoso.DeleteAsync($"/Devices/{id}");

        var activities = await ChangesAsync();

        Assert.All(
            activities,
            activity => Assert.Equal(("Device", id, "Printer 3"), (activity.ResourceType, activity.ResourceId, activity.Subject))
        );
        Assert.Equal(
            [JournalKind.ResourceCreated, JournalKind.ResourceChanged, JournalKind.ResourceDeleted],
            activities.Select(activity => activity.Kind)
        );
    }

    [Theory]
    [InlineData("GET", "/Devices?filter=displayName%20eq%20%22Ada%22", "/Devices?filter=displayName eq \"…\"")]
    [InlineData("DELETE", "/Devices/Ada", "/Devices/…")]
    [InlineData("GET", "/Users/Devices", "/Users/…")]
    public async Task The_request_log_names_the_endpoint_and_no_values(string method, string address, string logged)
    {
        var reply = await Contoso.SendAsync(new HttpMethod(method), address);

        Assert.Equal($"/scim/v2/{Contoso.Identifier}{logged}", (await _host.LoggedAsync(reply)).Path);
    }

    private async Task AddThreeAsync()
    {
        await AddAsync(
            "Printer",
            $$"""
            ,"externalId":"1","serialNumber":"S-1","ports":4,"weight":1.5,"boughtAt":"2026-01-31T12:00:00+01:00","active":false,
            "tags":["a","b"],"firmware":"AAECAw==","owner":"https://example.com/1","location":{"site":"North","room":"1"},
            "interfaces":[{"value":"00:01","type":"wired","speed":1000},{"value":"00:02"}],
            "{{Warranty}}":{"until":"2026-12-31T00:00:00Z","contract":"C-1"}
            """
        );
        await AddAsync(
            "Scanner",
            $$"""
            ,"externalId":"2","ports":24,"weight":16,"boughtAt":"2026-01-31T12:00:00Z","active":true,"tags":["bc"],
            "location":{"site":"north","room":"2"},"interfaces":[{"value":"00:09","type":"wired","speed":10,"vlans":[1,7]}],
            "{{Warranty}}":{"until":"2027-12-31T00:00:00Z"}
            """
        );
        await AddAsync("Kettle", ""","externalId":"3" """);
    }

    private async Task<string> AddAsync(string displayName, string more = "")
    {
        var created = await Contoso.PostAsync("/Devices", Body(displayName, more));
        Assert.True(created.Status == 201, created.Text);
        return created.Id;
    }

    private async Task PatchedAsync(string id, string operation)
    {
        var patched = await Contoso.PatchAsync($"/Devices/{id}", operation);
        Assert.True(patched.Status == 200, patched.Text);
    }

    private async Task<IReadOnlyList<Activity>> ChangesAsync() =>
        [.. (await _host.ActivitiesAsync()).Where(activity => activity.ResourceType == "Device").Reverse()];

    private async Task<string?> DocumentAsync(string id)
    {
        await using var database = _host.Read();
        var key = Guid.Parse(id);
        return database.Set<NinjaIam.Core.Storage.Resources.ResourceRow>().Single(row => row.Id == key).Doc;
    }

    private async Task<string> JournalAsync()
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={_host.DatabaseFile};Mode=ReadOnly;Pooling=False"
        );
        await connection.OpenAsync();
        await using var statement = connection.CreateCommand();
        statement.CommandText = """SELECT group_concat("Changes", '') FROM journal_values""";
        return (string)(await statement.ExecuteScalarAsync())!;
    }

    private static string Body(string displayName, string more = "") =>
        $$"""{"schemas":["{{Device}}"],"displayName":"{{displayName}}"{{more}} }""";
}
