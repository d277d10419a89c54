using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NinjaIam.Bench;

/// <summary>A data directory full of people, and perhaps groups of several sizes.</summary>
/// <param name="Ids">The people's, by number.</param>
/// <param name="Groups">The groups' by how many members they have: always the first people.</param>
internal sealed record SeededDirectory(string Data, Guid[] Ids, IReadOnlyDictionary<int, Guid> Groups)
{
    /// <summary>As many as an identity provider may send at once.</summary>
    private const int MembersAtOnce = 10_000;
    private const int Callers = 64;
    private const string IdsFile = "ids";
    private const string GroupsFile = "groups.json";
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public int Size => Ids.Length;

    public static readonly int[] GroupSizes = [10, 10_000, 100_000, 1_000_000];

    /// <summary>
    /// Fills a directory through the services that answer provisioning clients, or takes the one of an earlier run. What is taken from
    /// the cache must be copied before anything is changed.
    /// </summary>
    public static async Task<SeededDirectory> PrepareAsync(
        string cache,
        string program,
        int size,
        bool withGroups,
        CancellationToken cancellationToken
    )
    {
        var place = Path.Combine(cache, $"{(withGroups ? "groups" : "people")}-{size}");
        if (!File.Exists(Path.Combine(place, GroupsFile)))
        {
            var source = withGroups ? await PrepareAsync(cache, program, size, withGroups: false, cancellationToken) : null;
            if (Directory.Exists(place))
            {
                Directory.Delete(place, recursive: true);
            }

            Console.Error.WriteLine($"Filling a directory with {size:N0} people{(withGroups ? " in groups" : "")} ...");
            var begin = Stopwatch.GetTimestamp();
            var data = Path.Combine(place, "data");
            var (ids, groups) = source is null
                ? (await AddPeopleAsync(data, program, size, cancellationToken), [])
                : (source.Ids, await AddGroupsAsync(source, data, cancellationToken));
            await File.WriteAllBytesAsync(Path.Combine(place, IdsFile), MemoryMarshal.AsBytes<Guid>(ids).ToArray(), cancellationToken);

            // Written last: without it the directory is not complete.
            await File.WriteAllTextAsync(Path.Combine(place, GroupsFile), JsonSerializer.Serialize(groups), cancellationToken);
            Console.Error.WriteLine($"... in {Stopwatch.GetElapsedTime(begin).TotalSeconds:N0} s.");
        }

        var bytes = await File.ReadAllBytesAsync(Path.Combine(place, IdsFile), cancellationToken);
        var text = await File.ReadAllTextAsync(Path.Combine(place, GroupsFile), cancellationToken);
        return new SeededDirectory(
            Path.Combine(place, "data"),
            MemoryMarshal.Cast<byte, Guid>(bytes).ToArray(),
            JsonSerializer.Deserialize<Dictionary<int, Guid>>(text)!
        );
    }

    /// <summary>The same directory somewhere else, to be changed.</summary>
    public SeededDirectory CopyTo(string data)
    {
        Copy(Data, data);
        return this with { Data = data };
    }

    private static async Task<Guid[]> AddPeopleAsync(string data, string program, int size, CancellationToken cancellationToken)
    {
        // The portal itself makes the empty installation with its one identity provider.
        await using (await Portal.StartAsync(program, data, cancellationToken)) { }

        await using var core = await CoreDirectory.OpenAsync(data, cancellationToken);
        var ids = new Guid[size];
        var next = -1;
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(_ =>
                    Task.Run(
                        async () =>
                        {
                            var body = new RequestTemplate("POST", "", People.User(People.Seeded)).BodyAlone();
                            for (int number; (number = Interlocked.Increment(ref next)) < size; )
                            {
                                ids[number] = await core.CreateUserAsync(body.Fill(number, default), cancellationToken);
                                if (Stopwatch.GetElapsedTime(begin) > Longest)
                                {
                                    throw new WorkFailedException(
                                        $"After {Longest.TotalHours} h there are {number:N0} people. Choose a smaller --size."
                                    );
                                }

                                if ((number + 1) % 50_000 == 0)
                                {
                                    Console.Error.WriteLine($"... {number + 1:N0}");
                                }
                            }
                        },
                        cancellationToken
                    )
                )
        );
        return ids;
    }

    private static async Task<Dictionary<int, Guid>> AddGroupsAsync(
        SeededDirectory source,
        string data,
        CancellationToken cancellationToken
    )
    {
        source.CopyTo(data);
        await using var core = await CoreDirectory.OpenAsync(data, cancellationToken);
        var groups = new Dictionary<int, Guid>();
        foreach (var size in GroupSizes.Where(size => size <= source.Size))
        {
            var group = await core.CreateGroupAsync(Bytes(People.Group($"Group of {size}", [])), cancellationToken);
            foreach (var part in source.Ids.Take(size).Chunk(MembersAtOnce))
            {
                await core.PatchGroupAsync(group, Bytes(People.AddMembers(part)), cancellationToken);
            }

            groups.Add(size, group);
        }

        return groups;
    }

    private static ReadOnlyMemory<byte> Bytes(string body) => new FilledRequest(body).Bytes;

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var directory in Directory.EnumerateDirectories(from))
        {
            Copy(directory, Path.Combine(to, Path.GetFileName(directory)));
        }
    }
}
