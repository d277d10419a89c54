namespace NinjaIam.Bench;

/// <summary>The loads on a directory of people: those that only read come first.</summary>
internal static class PeopleLoads
{
    private const int Page = 100;

    public static readonly string[] Names = ["get", "filter-user-name", "filter-external-id", "filter-email", "list", "active", "post"];

    public static IEnumerable<Load> Of(Guid[] ids)
    {
        var size = ids.Length;
        var isSmall = size <= 1_000;
        var name = $"{size:N0} people";
        yield return new Load
        {
            Work = "get",
            Case = name,
            Templates = [new("GET", $"/Users/{RequestTemplate.Id}")],
            Statuses = [200],
            Next = (caller, turn) => AnyOf(caller, turn),
            Direct = (core, step, _, stop) => core.FindUserAsync(step.Id, stop),
            Goals = measured => [Goal.OfCeiling(measured.Ratio, isSmall ? 0.6 : 0.45)],
        };
        yield return Filter("filter-user-name", $"userName eq \"{People.UserName(People.Seeded)}\"");
        yield return Filter("filter-external-id", $"externalId eq \"{People.ExternalId(People.Seeded)}\"");
        yield return Filter("filter-email", $"emails.value eq \"{People.OtherEmail(People.Seeded)}\"");
        yield return new Load
        {
            Work = "list",
            Case = name,
            Templates = [new("GET", $"/Users?count={Page}")],
            Statuses = [200],
            Next = (_, _) => default,
            Direct = (core, _, _, stop) => core.ListUsersAsync(null, Page, Page, stop),
            Goals = measured => [Goal.PerSecond(measured.PerSecond, 1_000), Goal.OfCeiling(measured.Ratio, 0.4)],
        };
        yield return new Load
        {
            Work = "active",
            Case = name,
            Templates =
            [
                new("PATCH", $"/Users/{RequestTemplate.Id}", People.SetActive(false)),
                new("PATCH", $"/Users/{RequestTemplate.Id}", People.SetActive(true)),
            ],
            Statuses = [200, 204],
            // Everybody is active at first. A person is deactivated and activated again at once, so that each request changes something.
            Next = (caller, turn) => new Step((int)(turn % 2), 0, ids[Picks.Own(caller, turn / 2, size)]),
            Direct = (core, step, body, stop) => core.PatchUserAsync(step.Id, body, stop),
            Goals = measured => [Goal.PerSecond(measured.PerSecond, 6_000)],
        };
        yield return new Load
        {
            Work = "post",
            Case = name,
            Templates = [new("POST", "/Users", People.User(People.Joining))],
            Statuses = [201],
            Next = (caller, turn) => new Step(0, (int)(turn * Load.Connections) + caller, default),
            Direct = (core, _, body, stop) => core.CreateUserAsync(body, stop),
            Goals = measured =>
                [
                    Goal.PerSecond(measured.PerSecond, 8_000),
                    Goal.Below(measured.P99, 20, "ms", "p99 "),
                    Goal.OfCeiling(measured.Ratio, 0.3),
                ],
        };

        Step AnyOf(int caller, long turn)
        {
            var number = Picks.Any(caller, turn, size);
            return new Step(0, number, ids[number]);
        }

        Load Filter(string work, string filter) =>
            new()
            {
                Work = work,
                Case = name,
                Templates = [new("GET", $"/Users?filter={Escaped(filter)}")],
                Statuses = [200],
                Next = AnyOf,
                Direct = (core, step, _, stop) => core.ListUsersAsync(People.Filled(filter, step.Number), Page, 1, stop),
                Goals = measured => [Goal.OfCeiling(measured.Ratio, isSmall ? 0.5 : 0.35)],
            };
    }

    // The gap keeps its width.
    private static string Escaped(string filter) =>
        string.Join(RequestTemplate.Number, filter.Split(RequestTemplate.Number).Select(Uri.EscapeDataString));
}
