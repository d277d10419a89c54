using System.Diagnostics;

namespace NinjaIam.Bench;

/// <summary>Groups that are sent whole, and one that several clients fill at once.</summary>
internal static class LargeGroups
{
    private const int Members = 10_000;
    private const int Repetitions = 5;
    private const double LimitMilliseconds = 400;
    private const int Clients = 5;
    private const int MembersOfFive = 20_000;

    public static readonly IReadOnlyList<(string Work, Func<Target, Guid[], CancellationToken, Task<IEnumerable<Figure>>> Run)> All =
    [
        ("group", CreateAsync),
        ("replace", ReplaceAsync),
        ("five-clients", FillTogetherAsync),
    ];

    private static async Task<IEnumerable<Figure>> CreateAsync(Target target, Guid[] ids, CancellationToken cancellationToken)
    {
        using var client = await Client.OpenAsync(target, cancellationToken);
        var members = ids[..Math.Min(Members, ids.Length)];
        var times = await RepeatAsync(
            client,
            repetition => new RequestTemplate("POST", "/Groups", People.Group($"Created {repetition}", members)).For(target),
            201,
            cancellationToken
        );
        return [Figure.OfDurations("group", $"{members.Length:N0} members", times, LimitMilliseconds)];
    }

    private static async Task<IEnumerable<Figure>> ReplaceAsync(Target target, Guid[] ids, CancellationToken cancellationToken)
    {
        using var client = await Client.OpenAsync(target, cancellationToken);

        // Each set is half of the other one, if there are enough people.
        var count = Math.Min(Members, ids.Length * 2 / 3);
        Guid[][] sets = [ids[..count], ids[(count / 2)..(count / 2 * 3)]];
        const string Name = "Replaced";
        var id = await client.CreateAsync("/Groups", People.Group(Name, sets[1]), cancellationToken);
        var path = $"/Groups/{id:D}";
        var patched = await RepeatAsync(
            client,
            repetition => new RequestTemplate("PATCH", path, People.ReplaceMembers(sets[repetition % 2])).For(target),
            204,
            cancellationToken
        );
        var put = await RepeatAsync(
            client,
            repetition => new RequestTemplate("PUT", path, People.Group(Name, sets[1 - (repetition % 2)])).For(target),
            200,
            cancellationToken
        );
        return
        [
            Figure.OfDurations("replace", $"PATCH of {count:N0} members", patched, LimitMilliseconds),
            Figure.OfDurations("replace", $"PUT of {count:N0} members", put, LimitMilliseconds),
        ];
    }

    private static async Task<IEnumerable<Figure>> FillTogetherAsync(Target target, Guid[] ids, CancellationToken cancellationToken)
    {
        using var client = await Client.OpenAsync(target, cancellationToken);
        var count = Math.Min(MembersOfFive, ids.Length);
        var id = await client.CreateAsync("/Groups", People.Group("Filled together", []), cancellationToken);
        var template = new RequestTemplate("PATCH", $"/Groups/{id:D}", People.AddMember);
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(FillAsync));
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        var group = await client.GetAsync($"/Groups/{id:D}", cancellationToken);
        var found = group.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("value").GetGuid()).ToHashSet();
        return
        [
            new Figure(
                "five-clients",
                $"{count:N0} members",
                $"{count / seconds:N0}/s",
                [new("all there, nothing refused", found.SetEquals(ids[..count]))]
            ),
        ];

        async Task FillAsync(int number)
        {
            using var own = await Client.OpenAsync(target, cancellationToken);
            var request = template.For(target);
            for (var member = number; member < count; member += Clients)
            {
                request.Fill(0, ids[member]);
                await own.SendAsync(request, "Adding a member", [204, 200], cancellationToken);
            }
        }
    }

    private static async Task<List<double>> RepeatAsync(
        Client client,
        Func<int, FilledRequest> request,
        int status,
        CancellationToken cancellationToken
    )
    {
        var milliseconds = new List<double>();
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var filled = request(repetition);
            var begin = Stopwatch.GetTimestamp();
            await client.SendAsync(filled, "A large group", [status], cancellationToken);
            milliseconds.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return milliseconds;
    }
}
