namespace NinjaIam.Bench;

/// <summary>One member in or out of groups of several sizes, on many connections and on one.</summary>
internal static class MemberLoads
{
    public static IEnumerable<Load> Of(SeededDirectory directory) =>
        directory.Groups.OrderBy(group => group.Key).SelectMany(group => Of(directory.Ids, group.Value, group.Key));

    private static IEnumerable<Load> Of(Guid[] ids, Guid group, int members)
    {
        var path = $"/Groups/{group:D}";
        var load = new Load
        {
            Work = "members",
            Case = $"group of {members:N0}",
            Templates = [new("PATCH", path, People.AddMember), new("PATCH", path, People.RemoveMember)],
            Statuses = [204, 200],
            Next = Toggle,
            Direct = (core, _, body, stop) => core.PatchGroupAsync(group, body, stop),
            Goals = measured => [Goal.PerSecond(measured.PerSecond, 6_000)],
        };
        yield return load;
        yield return load with
        {
            Case = load.Case + ", one connection",
            Callers = 1,
            Direct = null,
            Goals = measured => [Goal.Below(measured.P50, 1, "ms", "p50 ")],
        };

        // Who is in goes out and comes back, who is not comes in and goes out: each request changes something, the size stays.
        Step Toggle(int caller, long turn)
        {
            var number = Picks.Own(caller, turn / 2, ids.Length);
            var isFirst = turn % 2 == 0;
            return new Step(number < members == isFirst ? 1 : 0, 0, ids[number]);
        }
    }
}
