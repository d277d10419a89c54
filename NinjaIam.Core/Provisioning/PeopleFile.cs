using NinjaIam.Core.Accounts;
using NinjaIam.Core.Csv;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>Something in a file that keeps it from being imported.</summary>
/// <param name="Line">The first line of a file is 1.</param>
public sealed record ImportProblem(int Line, string Detail);

/// <summary>A person as a line of a file has them; organizations and roles by the names that stand there.</summary>
internal sealed record FilePerson(int Line, NewPerson Person, IReadOnlyList<string> Organizations, IReadOnlyList<string> Roles)
{
    public string NameKey { get; } = TextKey.Of(Person.Email);
}

/// <param name="Ignored">Columns that say nothing here, as the file calls them.</param>
internal sealed record FilePeople(IReadOnlyList<FilePerson> People, IReadOnlyList<ImportProblem> Problems, IReadOnlyList<string> Ignored);

/// <summary>
/// Reads people from a table. The first line names the columns, in any order: <c>User name</c> (or <c>Email</c>, which is the same),
/// <c>First name</c>, <c>Last name</c>, <c>Type</c>, and if wanted <c>Organization</c> and <c>Role</c>, several of them with semicolons between.
/// </summary>
internal static class PeopleFile
{
    public const int MostPeople = 10_000;
    public const string All = "All";

    private const string UserName = "User name";
    private const string Email = "Email";
    private const string FirstName = "First name";
    private const string LastName = "Last name";
    private const string Type = "Type";
    private const string Organization = "Organization";
    private const string Role = "Role";

    private static readonly string[] Known = [UserName, Email, FirstName, LastName, Type, Organization, Role];

    private static readonly NewPersonValidator Validator = new();

    public static Outcome<FilePeople> Read(ReadOnlyMemory<byte> file) =>
        CsvTable.Read(file, MostPeople + 1).Match(Of, refusal => (Outcome<FilePeople>)refusal);

    private static Outcome<FilePeople> Of(IReadOnlyList<CsvLine> lines)
    {
        if (lines.Count < 2)
        {
            return Refuse("The file has no people. Its first line names the columns, and each further line is a person.");
        }

        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (place, title) in lines[0].Cells.Index())
        {
            if (!columns.TryAdd(title, place) && Known.Contains(title, StringComparer.OrdinalIgnoreCase))
            {
                return Refuse($"The column “{title}” stands in the file twice.");
            }
        }

        var missing = new[] { FirstName, LastName, Type }.Where(title => !columns.ContainsKey(title)).ToList();
        if (!columns.ContainsKey(UserName) && !columns.ContainsKey(Email))
        {
            missing.Insert(0, UserName);
        }

        if (missing.Count > 0)
        {
            return Refuse($"The first line does not name the columns that are needed. Missing: {string.Join(", ", missing)}.");
        }

        var people = new List<FilePerson>();
        var problems = new List<ImportProblem>();
        foreach (var line in lines.Skip(1))
        {
            if (line.IsBroken)
            {
                problems.Add(new ImportProblem(line.Number, "The quotes are not closed, or stand within a text."));
            }
            else if (line.Cells.Count != lines[0].Cells.Count)
            {
                problems.Add(
                    new ImportProblem(line.Number, $"The line has {line.Cells.Count} cells and the first line {lines[0].Cells.Count}.")
                );
            }
            else
            {
                people.Add(Read(line, columns, problems));
            }
        }

        problems.AddRange(Twice(people));
        return new FilePeople(
            people,
            problems,
            [.. columns.Keys.Except(Known, StringComparer.OrdinalIgnoreCase).Where(title => title.Length > 0)]
        );
    }

    private static FilePerson Read(CsvLine line, Dictionary<string, int> columns, List<ImportProblem> problems)
    {
        var (userName, email) = (Cell(UserName), Cell(Email));
        if (userName is not null && email is not null && !string.Equals(userName, email, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(new ImportProblem(line.Number, "User name and email must be the same."));
        }

        var kind = KindOf(Cell(Type) ?? "");
        if (kind is null)
        {
            problems.Add(new ImportProblem(line.Number, "Type must be Technician or End user."));
        }

        var organizations = Names(Cell(Organization));
        var person = new NewPerson
        {
            Email = userName ?? email ?? "",
            GivenName = Cell(FirstName) ?? "",
            FamilyName = Cell(LastName) ?? "",
            Kind = kind ?? AccountKind.EndUser,
            AllOrganizations = organizations.Contains(All, StringComparer.OrdinalIgnoreCase),
        };
        problems.AddRange(
            Validator
                .Validate(person)
                .Errors.Select(error => new ImportProblem(line.Number, $"{TitleOf(error.PropertyName)}: {error.ErrorMessage}"))
        );
        return new FilePerson(line.Number, person, person.AllOrganizations ? [] : organizations, Names(Cell(Role)));

        string? Cell(string title) => columns.TryGetValue(title, out var place) ? line.Cells[place] : null;
    }

    private static IEnumerable<ImportProblem> Twice(IEnumerable<FilePerson> people) =>
        people
            .Where(person => person.NameKey.Length > 0)
            .GroupBy(person => person.NameKey, StringComparer.Ordinal)
            .SelectMany(same =>
                same.Skip(1).Select(person => new ImportProblem(person.Line, $"The user name stands on line {same.First().Line} already."))
            );

    private static AccountKind? KindOf(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "TECHNICIAN" => AccountKind.Technician,
            "ENDUSER" => AccountKind.EndUser,
            _ => null,
        };

    private static string TitleOf(string property) =>
        property switch
        {
            nameof(NewPerson.GivenName) => FirstName,
            nameof(NewPerson.FamilyName) => LastName,
            _ => UserName,
        };

    private static List<string> Names(string? cell) =>
        [
            .. (cell ?? "")
                .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    private static Refusal Refuse(string detail) => new(RefusalKind.InvalidValue, detail);
}
