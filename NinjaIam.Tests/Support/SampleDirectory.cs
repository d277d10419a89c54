using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Tests.Support;

/// <summary>Puts providers, people and groups into an installation for tests of pages that show them.</summary>
internal sealed class SampleDirectory(Installation installation)
{
    /// <summary>A provider with SAML metadata whose certificate is good for 340 days.</summary>
    public async Task<ProviderDetails> AddProviderAsync(
        string name = "Contoso",
        string domain = "contoso.com",
        Vendor vendor = Vendor.MicrosoftEntraId
    )
    {
        var content = new ProviderDraftContent
        {
            Input = Samples.Provider(name, domain, vendor),
            Metadata = Samples.Metadata(installation.Clock.GetUtcNow().AddDays(340)),
        };
        var identifier = Installation.Done(
            await installation.Get<ProviderDrafts>().CreateAsync(content, installation.Administrator, CancellationToken.None)
        );
        return await installation.Get<Providers>().FindAsync(installation.Administrator.Actor, identifier, CancellationToken.None)
            ?? throw new InvalidOperationException("The provider is gone.");
    }

    /// <summary>A person, managed by a provider when one is given, as the stored rows are after provisioning.</summary>
    public async Task<Guid> AddPersonAsync(
        string userName,
        ProviderDetails? provider = null,
        Action<User>? change = null,
        string? document = null
    )
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(installation.Clock.GetUtcNow()),
            UserName = userName,
            NormalizedUserName = TextKey.Of(userName),
            Email = userName,
            NormalizedEmail = TextKey.Of(userName),
            ProviderId = provider?.Id,
            // Nobody projected the document.
            MayDiffer = provider is not null,
            CreatedAt = installation.Clock.GetUtcNow(),
            SecurityStamp = "stamp",
        };
        change?.Invoke(user);
        await installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    scope.Database.Users.Add(user);
                    await scope.Database.SaveChangesAsync(CancellationToken.None);
                    if (provider is not null)
                    {
                        await AddResourceAsync(scope, user.Id, provider.Id, "User", userName, user.Active, document ?? "{}");
                    }

                    scope.AfterCommit(() => installation.Get<ChangeFeed>().Publish(new Change(ChangeTopic.Users, provider?.Id)));
                    return true;
                },
                CancellationToken.None
            );
        return user.Id;
    }

    /// <summary>Changes a person's account as another administrator would.</summary>
    public Task ChangePersonAsync(Guid id, Action<User> change) =>
        installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    var user = await scope.Database.Users.FindAsync([id], CancellationToken.None) ?? throw new InvalidOperationException();
                    change(user);
                    user.MayDiffer = user.ProviderId is not null;
                    await scope.Database.SaveChangesAsync(CancellationToken.None);
                    scope.AfterCommit(() => installation.Get<ChangeFeed>().Publish(new Change(ChangeTopic.Users)));
                    return true;
                },
                CancellationToken.None
            );

    /// <summary>A group of a provider with these people in it.</summary>
    public async Task<Guid> AddGroupAsync(string name, ProviderDetails provider, params IReadOnlyList<Guid> members)
    {
        var id = Guid.CreateVersion7(installation.Clock.GetUtcNow());
        await installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    await AddResourceAsync(
                        scope,
                        id,
                        provider.Id,
                        "Group",
                        name,
                        active: true,
                        System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["displayName"] = name })
                    );
                    foreach (var member in members)
                    {
                        await AddMemberAsync(scope, id, member);
                    }

                    scope.AfterCommit(() => installation.Get<ChangeFeed>().Publish(new Change(ChangeTopic.Groups, provider.Id)));
                    return true;
                },
                CancellationToken.None
            );
        return id;
    }

    /// <summary>Puts somebody into a group, without a word to open pages.</summary>
    public Task AddMemberAsync(Guid group, Guid member) =>
        installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    await AddMemberAsync(scope, group, member);
                    return true;
                },
                CancellationToken.None
            );

    private static async Task AddMemberAsync(WriteScope scope, Guid group, Guid member)
    {
        await using var statement = scope.Statement(
            """
            INSERT INTO members(group_seq, member_seq)
            SELECT g.seq, m.seq FROM resources g, resources m WHERE g.id = $group AND m.id = $member
            """,
            ("$group", group),
            ("$member", member)
        );
        await statement.ExecuteNonQueryAsync();
    }

    private static async Task AddResourceAsync(
        WriteScope scope,
        Guid id,
        Guid provider,
        string type,
        string name,
        bool active,
        string document
    )
    {
        await using var resource = scope.Statement(
            """
            INSERT INTO resources(id, provider, type, name_key, external_id, active, version, created, modified, doc)
            VALUES ($id, $provider, $type, $name, json_extract($doc, '$.externalId'), $active, 1, $now, $now, $doc)
            """,
            ("$id", id),
            ("$provider", provider),
            ("$type", type),
            ("$name", TextKey.Of(name)),
            ("$active", active),
            ("$now", scope.Now),
            ("$doc", document)
        );
        await resource.ExecuteNonQueryAsync();
        await using var counter = scope.Statement(
            """
            INSERT INTO counters(provider, type, total) VALUES ($provider, $type, 1)
            ON CONFLICT(provider, type) DO UPDATE SET total = total + 1
            """,
            ("$provider", provider),
            ("$type", type)
        );
        await counter.ExecuteNonQueryAsync();
    }
}
