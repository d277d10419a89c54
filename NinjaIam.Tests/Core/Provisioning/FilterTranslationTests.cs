using System.Collections.Concurrent;
using CsCheck;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;
using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

public sealed class FilterTranslationTests : IDisposable
{
    private readonly ConcurrentBag<StoredDirectory> _directories = [];

    private static int Cases => Scale.Of("NINJAIAM_CASES", 3_000);

    public void Dispose()
    {
        foreach (var directory in _directories)
        {
            directory.Dispose();
        }
    }

    [Fact]
    public async Task The_database_finds_what_the_evaluator_finds() =>
        await RandomDirectory.Case.SampleAsync(
            async question =>
            {
                var directory = _directories.TryTake(out var free) ? free : new StoredDirectory();
                var filter = Json.Done(FilterParser.Parse(question.Filter, question.Type)).Expression;
                var stored = await directory.StoreAsync(question.Type, question.Documents);
                var expected = stored
                    .Where(document => FilterEvaluator.Matches(filter, document))
                    .Select(document => (string)document["id"]!);

                var found = await directory.FindAsync(filter, question.Type);

                Assert.Equal(expected, found);
                _directories.Add(directory);
            },
            iter: Cases,
            print: question => $"{question.Filter}\n{string.Join('\n', question.Documents)}"
        );

    [Theory]
    [InlineData("userName eq \"a\"", "r USING INDEX resources_by_name (provider=? AND type=? AND name_key=?)")]
    [InlineData("userName sw \"a\"", "n USING COVERING INDEX resources_by_name (provider=? AND type=? AND name_key>? AND name_key<?)")]
    [InlineData("externalId eq \"a\"", "r USING INDEX resources_by_external_id (provider=? AND type=? AND external_id=?)")]
    [InlineData(
        "externalId sw \"a\"",
        "n USING COVERING INDEX resources_by_external_id (provider=? AND type=? AND external_id>? AND external_id<?)"
    )]
    [InlineData("id eq \"0198f0aa-0000-7000-8000-000000000001\"", "r USING INDEX sqlite_autoindex_resources_1 (id=?)")]
    [InlineData("emails.value eq \"a\"", "v USING PRIMARY KEY (attribute=? AND key=?)")]
    [InlineData("emails.value sw \"a\"", "v USING PRIMARY KEY (attribute=? AND key>? AND key<?)")]
    [InlineData("displayName eq \"a\" and active eq true", "v USING PRIMARY KEY (attribute=? AND key=?)")]
    [InlineData("displayName eq \"a\" and title co \"a\"", "v USING PRIMARY KEY (attribute=? AND key=?)")]
    [InlineData("name.familyName sw \"a\"", "v USING PRIMARY KEY (attribute=? AND key>? AND key<?)")]
    [InlineData("emails[type eq \"work\" and value eq \"a\"]", "v USING PRIMARY KEY (attribute=? AND key=?)")]
    [InlineData("emails[type eq \"work\"].value sw \"a\"", "v USING PRIMARY KEY (attribute=? AND key>? AND key<?)")]
    [InlineData("groups.value eq \"0198f0aa-0000-7000-8000-000000000001\"", "m USING PRIMARY KEY (group_seq=?)")]
    public async Task What_is_searchable_is_found_by_its_index(string text, string step)
    {
        using var directory = new StoredDirectory();
        var filter = Json.Done(FilterParser.Parse(text, BuiltInResourceTypes.User)).Expression;
        var condition = Json.Done(FilterTranslator.Translate(filter, BuiltInResourceTypes.User));

        var plans = await directory.PlansAsync(async source =>
        {
            var users = new ListSource("User", condition, ResourceOrder.Default);
            await ResourceReads.ListAsync(source, StoredDirectory.Provider, [users], new(false, null, 0, 100));
            await ResourceReads.CountAsync(source, StoredDirectory.Provider, "User", condition);
        });

        // Once for the page, once for the total.
        Assert.Equal(2, plans.Count(plan => plan == $"SEARCH {step}"));
        Assert.DoesNotContain(
            plans,
            plan => plan.StartsWith("SCAN", StringComparison.Ordinal) && !plan.Contains("VIRTUAL TABLE", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(plans, plan => plan.EndsWith("(provider=? AND type=?)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, "r USING INDEX resources_by_order (provider=? AND type=? AND seq>?)")]
    [InlineData("userName", "a", "r USING INDEX resources_by_name (provider=? AND type=? AND name_key>?)")]
    [InlineData("externalId", "a", "r USING INDEX resources_by_external_id (provider=? AND type=? AND external_id>?)")]
    [InlineData("name.familyName", "a", "s USING PRIMARY KEY (attribute=? AND (key,seq)>(?,?))")]
    [InlineData("emails", "a", "s USING PRIMARY KEY (attribute=? AND (key,seq)>(?,?))")]
    [InlineData("emails", null, "r USING INDEX resources_by_order (provider=? AND type=? AND seq>?)")]
    public async Task A_page_at_any_depth_begins_at_its_place_in_an_index(string? sortBy, string? key, string step)
    {
        using var directory = new StoredDirectory();
        var order = sortBy is null ? ResourceOrder.Default : OrderOf(BuiltInResourceTypes.User, sortBy);
        var from = new ListPosition(key, 10_000, Backwards: false);

        var plans = await directory.PlansAsync(source =>
            ResourceReads.ListAsync(source, StoredDirectory.Provider, [new ListSource("User", null, order)], new(false, from, 0, 100))
        );

        Assert.Contains($"SEARCH {step}", plans);
        Assert.DoesNotContain(plans, plan => plan.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.DoesNotContain(plans, plan => plan.EndsWith("PRIMARY KEY (attribute=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plans, plan => plan.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "name.familyName", false)]
    [InlineData(true, "emails", true)]
    public async Task Keys_are_looked_up_where_those_of_others_would_be_in_the_way(bool isOfFew, string sortBy, bool isDescending)
    {
        using var directory = new StoredDirectory();
        var order = OrderOf(BuiltInResourceTypes.User, sortBy);
        var filter = Json.Done(FilterParser.Parse("userName eq \"a\"", BuiltInResourceTypes.User)).Expression;
        var condition = isOfFew ? null : Json.Done(FilterTranslator.Translate(filter, BuiltInResourceTypes.User));

        var plans = await directory.PlansAsync(source =>
            ResourceReads.ListAsync(
                source,
                StoredDirectory.Provider,
                [new ListSource("User", condition, order, isOfFew)],
                new(isDescending, null, 0, 100)
            )
        );

        Assert.Contains("SEARCH s USING COVERING INDEX resource_values_by_resource (seq=? AND attribute=?)", plans);
        Assert.DoesNotContain(plans, plan => plan.StartsWith("SCAN", StringComparison.Ordinal));
        Assert.DoesNotContain(plans, plan => plan.EndsWith("PRIMARY KEY (attribute=?)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1_000)]
    public async Task However_many_members_are_named_each_is_found_by_its_id(int count)
    {
        using var directory = new StoredDirectory();
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

        var plans = await directory.PlansAsync(source => MemberReads.ResolveAsync(source, StoredDirectory.Provider, ids));

        Assert.All(plans, plan => Assert.Equal("SEARCH resources USING INDEX sqlite_autoindex_resources_1 (id=?)", plan));
        Assert.NotEmpty(plans);
    }

    [Theory]
    [InlineData(null, null, "r USING INDEX resources_by_order (provider=? AND type=? AND seq>?)")]
    [InlineData("displayName", "a", "r USING INDEX resources_by_name (provider=? AND type=? AND name_key>?)")]
    [InlineData("externalId", "a", "r USING INDEX resources_by_external_id (provider=? AND type=? AND external_id>?)")]
    public async Task Lists_over_several_types_are_merged_from_the_indexes_of_each(string? sortBy, string? key, string step)
    {
        using var directory = new StoredDirectory();
        ResourceType[] types = [BuiltInResourceTypes.User, BuiltInResourceTypes.Group];
        var from = new ListPosition(key, 10_000, Backwards: false);
        var sources = types.Select(type => new ListSource(type.Name, null, sortBy is null ? ResourceOrder.Default : OrderOf(type, sortBy)));

        var plans = await directory.PlansAsync(source =>
            ResourceReads.ListAsync(source, StoredDirectory.Provider, [.. sources], new(false, from, 0, 100))
        );

        Assert.Contains("MERGE (UNION ALL)", plans);
        Assert.Contains($"SEARCH {step}", plans);
        Assert.DoesNotContain(plans, plan => plan.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.DoesNotContain(plans, plan => plan.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_and_other_texts_are_folded_alike() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char['\u0080', '\uD7FF'], 1, 4])
            .Where(text => !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            .Sample(text => TextFolding.Key(text) == TextKey.Of(text), iter: 20_000);

    private static ResourceOrder OrderOf(ResourceType type, string sortBy) =>
        Json.Done(ResourceSort.Read([type], sortBy, null)).OrderOf(type);
}
