using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>
/// Bulk requests whose operations refer to one another in every way, among them some that fail: what is answered and what is stored
/// afterwards is what a slow model says.
/// </summary>
public sealed class BulkOrderTests : IAsyncLifetime
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private const int Nobody = -1;

    private readonly ScimHost _host = new();
    private int _cases;

    private enum Kind
    {
        User,
        UserThatCannotBeRead,
        UserWhoseNameIsTaken,
        Group,
        AddMembers,
        DeleteUser,
    }

    private static int Cases => Scale.Of("NINJAIAM_CASES", 300);

    private static Gen<Operation> AnyOperation { get; } =
        from kind in Gen.Frequency(
            (6, Gen.Const(Kind.User)),
            (1, Gen.Const(Kind.UserThatCannotBeRead)),
            (1, Gen.Const(Kind.UserWhoseNameIsTaken)),
            (3, Gen.Const(Kind.Group)),
            (2, Gen.Const(Kind.AddMembers)),
            (1, Gen.Const(Kind.DeleteUser))
        )
        from target in Gen.Int[Nobody, 11]
        from references in Gen.Int[Nobody, 11].Array[0, 3]
        select new Operation(kind, target, references);

    private static Gen<(Operation[] Operations, int? FailOnErrors)> AnyRequest { get; } =
        from operations in AnyOperation.Array[1, 12]
        from failOnErrors in Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 4]))
        select (
            operations
                .Select(operation =>
                    operation with
                    {
                        Target = operation.Target < operations.Length ? operation.Target : Nobody,
                        References =
                        [
                            .. operation
                                .References.Select(other => other < operations.Length ? other : Nobody)
                                .Distinct()
                                .Take(operation.IsPerson ? 1 : 3),
                        ],
                    }
                )
                .ToArray(),
            failOnErrors == 0 ? null : (int?)failOnErrors
        );

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.Contoso.AddUserAsync("taken");
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("7644-3.7-12")]
    public async Task Whatever_refers_to_whatever_the_answers_and_the_state_are_what_the_model_says() =>
        await AnyRequest.SampleAsync(
            async request =>
            {
                var prefix = $"case{Interlocked.Increment(ref _cases)}-";
                var json = JsonOf(request.Operations, request.FailOnErrors, prefix);

                var reply = await _host.Contoso.PostAsync("/Bulk", json);

                Assert.True(reply.Status == 200, reply.Text);
                var answers = reply.Body["Operations"]!.AsArray().Select(answer => new Answer(answer!)).ToList();
                var model = new Model(request.Operations);
                if (request.FailOnErrors is not { } most)
                {
                    model.RunToEnd();
                    Assert.Equal(
                        model.Statuses,
                        answers.Select((answer, index) => model.IsInCircle(index) ? Failing(answer) : answer.Status)
                    );
                }
                else
                {
                    // Which are begun depends on the order alone; that it stopped in time shows in the number of errors.
                    var errors = answers.Count(answer => answer.Status >= 400);
                    Assert.True(errors < most ? answers.Count == request.Operations.Length : errors >= most);
                    Assert.True(errors <= most || Enumerable.Range(0, request.Operations.Length).Any(model.IsInCircle), $"{errors} errors");
                }

                await AssertStateAsync(request.Operations, answers, prefix);
            },
            iter: Cases,
            print: request => JsonOf(request.Operations, request.FailOnErrors, "")
        );

    /// <summary>What is stored is what was answered to be, with every reference an id.</summary>
    private async Task AssertStateAsync(Operation[] operations, IReadOnlyList<Answer> answers, string prefix)
    {
        var ids = answers
            .Where(answer => answer is { Status: 201, BulkId: not null })
            .ToDictionary(answer => int.Parse(answer.BulkId!, CultureInfo.InvariantCulture), answer => answer.Id!);
        var users = await ListAsync("Users", "userName", prefix);
        var groups = await ListAsync("Groups", "displayName", prefix);
        var deleted = answers.Where(answer => answer is { Method: "DELETE", Status: 204 }).Select(answer => answer.Id!).ToHashSet();

        Assert.Equal(
            ids.Where(created => operations[created.Key].IsPerson && !deleted.Contains(created.Value))
                .Select(created => created.Value)
                .Order(),
            users.Keys.Order()
        );
        Assert.Equal(
            ids.Where(created => operations[created.Key].Kind == Kind.Group).Select(created => created.Value).Order(),
            groups.Keys.Order()
        );
        foreach (var (index, id) in ids.Where(created => users.ContainsKey(created.Value)))
        {
            var manager = operations[index].References is [var other] ? ids[other] : null;
            Assert.Equal(manager, users[id][Enterprise]?["manager"]?["value"]?.GetValue<string>());
        }

        foreach (var (index, id) in ids.Where(created => groups.ContainsKey(created.Value)))
        {
            var added = operations
                .Select((operation, place) => (operation, place))
                .Where(pair => pair.operation.Kind == Kind.AddMembers && pair.operation.Target == index)
                .Where(pair => answers.Any(answer => answer.BulkId == $"p{pair.place}" && answer.Status == 204))
                .SelectMany(pair => pair.operation.References)
                .Concat(operations[index].References)
                .Select(other => ids[other])
                .Distinct()
                .Where(member => !deleted.Contains(member));
            var members = groups[id]["members"]?.AsArray().Select(member => member!["value"]!.GetValue<string>()) ?? [];
            Assert.Equal(added.Order(), members.Order());
        }
    }

    private async Task<Dictionary<string, JsonNode>> ListAsync(string endpoint, string name, string prefix)
    {
        var found = await _host.Contoso.GetAsync($"/{endpoint}?filter={name} sw \"{prefix}\"");
        return found.Body["Resources"]!.AsArray().ToDictionary(resource => resource!["id"]!.GetValue<string>(), resource => resource!);
    }

    // Of a circle some are refused for what they are and some for the others: which is which is no matter here.
    private static int Failing(Answer answer) => answer.Status >= 400 ? 409 : answer.Status;

    private static string JsonOf(Operation[] operations, int? failOnErrors, string prefix) =>
        new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:BulkRequest"),
            ["failOnErrors"] = failOnErrors,
            ["Operations"] = new JsonArray([.. operations.Select((operation, index) => operation.ToJson(index, prefix))]),
        }.ToJsonString();

    private sealed record Answer(string? Method, string? BulkId, int Status, string? Id)
    {
        public Answer(JsonNode answer)
            : this(
                answer["method"]?.GetValue<string>(),
                answer["bulkId"]?.GetValue<string>(),
                int.Parse(answer["status"]!.GetValue<string>(), CultureInfo.InvariantCulture),
                answer["location"]?.GetValue<string>().Split('/')[^1]
            ) { }
    }

    /// <param name="Target">The operation whose resource is changed or deleted; not for those that create.</param>
    /// <param name="References">The operations whose resources are referred to: the manager, or the members.</param>
    private sealed record Operation(Kind Kind, int Target, int[] References)
    {
        public bool IsPerson => Kind is Kind.User or Kind.UserThatCannotBeRead or Kind.UserWhoseNameIsTaken;

        public bool Creates => IsPerson || Kind == Kind.Group;

        public IEnumerable<int> All =>
            Kind == Kind.DeleteUser ? [Target]
            : Creates ? References
            : [Target, .. References];

        public JsonNode ToJson(int index, string prefix)
        {
            static string Reference(int other) => $"bulkId:{other}";
            JsonArray Members() => new([.. References.Select(other => (JsonNode)new JsonObject { ["value"] = Reference(other) })]);
            return Kind switch
            {
                Kind.Group => Post("/Groups", new JsonObject { ["displayName"] = $"{prefix}{index}", ["members"] = Members() }),
                Kind.AddMembers => new JsonObject
                {
                    ["method"] = "PATCH",
                    ["path"] = $"/Groups/{Reference(Target)}",
                    ["bulkId"] = $"p{index}",
                    ["data"] = new JsonObject
                    {
                        ["Operations"] = new JsonArray(
                            new JsonObject
                            {
                                ["op"] = "add",
                                ["path"] = "members",
                                ["value"] = Members(),
                            }
                        ),
                    },
                },
                Kind.DeleteUser => new JsonObject { ["method"] = "DELETE", ["path"] = $"/Users/{Reference(Target)}" },
                _ => Post("/Users", Person()),
            };

            JsonObject Post(string path, JsonObject data) =>
                new()
                {
                    ["method"] = "POST",
                    ["path"] = path,
                    ["bulkId"] = $"{index}",
                    ["data"] = data,
                };

            JsonObject Person()
            {
                var person = new JsonObject
                {
                    [Kind == Kind.UserThatCannotBeRead ? "title" : "userName"] =
                        Kind == Kind.UserWhoseNameIsTaken ? "taken" : $"{prefix}{index}",
                };
                if (References is [var manager])
                {
                    person[Enterprise] = new JsonObject { ["manager"] = new JsonObject { ["value"] = Reference(manager) } };
                }

                return person;
            }
        }
    }

    /// <summary>Does the operations in the order sent, each behind those it refers to, in the slowest way there is.</summary>
    private sealed class Model(Operation[] operations)
    {
        private readonly bool[,] _reaches = Reachability(operations);
        private readonly int?[] _statuses = new int?[operations.Length];
        private readonly HashSet<int> _alive = [];

        public IEnumerable<int> Statuses => _statuses.Select(status => status!.Value);

        public bool IsInCircle(int index) => _reaches[index, index];

        public void RunToEnd()
        {
            for (var index = 0; index < operations.Length; index++)
            {
                Ensure(index);
            }
        }

        private void Ensure(int index)
        {
            if (_statuses[index] is not null)
            {
                return;
            }

            var circle = Enumerable
                .Range(0, operations.Length)
                .Where(other => other == index || (_reaches[index, other] && _reaches[other, index]))
                .ToList();
            foreach (
                var other in circle.SelectMany(each => Known(operations[each])).Where(other => !circle.Contains(other)).Distinct().Order()
            )
            {
                Ensure(other);
            }

            if (!IsInCircle(index))
            {
                _statuses[index] = Do(index);
                return;
            }

            var isDone = circle.TrueForAll(each =>
                operations[each].All.All(other => circle.Contains(other) || Exists(other)) && MayStand(each, circle)
            );
            foreach (var each in circle)
            {
                _statuses[each] = isDone ? 201 : 409;
                if (isDone)
                {
                    _alive.Add(each);
                }
            }
        }

        /// <summary>Whether it would be accepted, with everything it refers to there.</summary>
        private bool MayStand(int index, IReadOnlyCollection<int> circle) =>
            operations[index].Kind switch
            {
                Kind.User => true,
                Kind.Group => operations[index]
                    .References.All(other => operations[other].IsPerson && (circle.Contains(other) || _alive.Contains(other))),
                _ => false,
            };

        private int Do(int index)
        {
            var operation = operations[index];
            if (!operation.All.All(Exists))
            {
                return 409;
            }

            bool AreMembers() => operation.References.All(other => operations[other].IsPerson && _alive.Contains(other));
            switch (operation.Kind)
            {
                case Kind.UserThatCannotBeRead:
                    return 400;
                case Kind.UserWhoseNameIsTaken:
                    return 409;
                case Kind.User:
                    _alive.Add(index);
                    return 201;
                case Kind.Group:
                    if (!AreMembers())
                    {
                        return 400;
                    }

                    _alive.Add(index);
                    return 201;
                case Kind.AddMembers:
                    return operations[operation.Target].Kind != Kind.Group ? 404
                        : AreMembers() ? 204
                        : 400;
                default:
                    return operations[operation.Target].IsPerson && _alive.Remove(operation.Target) ? 204 : 404;
            }
        }

        private bool Exists(int index) => index != Nobody && operations[index].Creates && _statuses[index] == 201;

        private IEnumerable<int> Known(Operation operation) => operation.All.Where(other => other != Nobody && operations[other].Creates);

        private static bool[,] Reachability(Operation[] operations)
        {
            var reaches = new bool[operations.Length, operations.Length];
            for (var from = 0; from < operations.Length; from++)
            {
                foreach (var to in operations[from].All.Where(other => other != Nobody && operations[other].Creates))
                {
                    reaches[from, to] = true;
                }
            }

            for (var over = 0; over < operations.Length; over++)
            {
                for (var from = 0; from < operations.Length; from++)
                {
                    for (var to = 0; to < operations.Length; to++)
                    {
                        reaches[from, to] |= reaches[from, over] && reaches[over, to];
                    }
                }
            }

            return reaches;
        }
    }
}
