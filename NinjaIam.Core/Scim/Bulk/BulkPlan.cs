namespace NinjaIam.Core.Scim.Bulk;

/// <summary>A step of a bulk request.</summary>
/// <param name="Operations">One, or several that refer to one another in a circle, in the order sent.</param>
/// <param name="IsCircular">The operations refer to one another, or the one to itself.</param>
public sealed record BulkStep(IReadOnlyList<BulkOperation> Operations, bool IsCircular);

/// <summary>
/// The order in which the operations of a bulk request are done: as they were sent, except that what an operation refers to is created
/// before it, even where it stands behind it.
/// </summary>
public static class BulkPlan
{
    public static IReadOnlyList<BulkStep> Of(BulkRequest request) => new Search(request.Operations).Run();

    /// <summary>Tarjan's search for strongly connected components, which finds what is referred to before what refers to it.</summary>
    private sealed class Search(IReadOnlyList<BulkOperation> operations)
    {
        private readonly Dictionary<string, int> _creators = Creators(operations);
        private readonly int[] _order = new int[operations.Count];
        private readonly int[] _lowest = new int[operations.Count];
        private readonly bool[] _isOpen = new bool[operations.Count];
        private readonly Stack<int> _open = new();
        private readonly List<BulkStep> _steps = [];
        private int _visited;

        public List<BulkStep> Run()
        {
            foreach (var operation in operations)
            {
                if (_order[operation.Index] == 0)
                {
                    Visit(operation.Index);
                }
            }

            return _steps;
        }

        private void Visit(int index)
        {
            _order[index] = _lowest[index] = ++_visited;
            _open.Push(index);
            _isOpen[index] = true;
            foreach (var next in Next(index))
            {
                if (_order[next] == 0)
                {
                    Visit(next);
                    _lowest[index] = Math.Min(_lowest[index], _lowest[next]);
                }
                else if (_isOpen[next])
                {
                    _lowest[index] = Math.Min(_lowest[index], _order[next]);
                }
            }

            if (_lowest[index] == _order[index])
            {
                Close(index);
            }
        }

        private void Close(int first)
        {
            var together = new List<int>();
            int index;
            do
            {
                index = _open.Pop();
                _isOpen[index] = false;
                together.Add(index);
            } while (index != first);

            _steps.Add(
                new BulkStep([.. together.Order().Select(each => operations[each])], together.Count > 1 || Next(first).Contains(first))
            );
        }

        private IEnumerable<int> Next(int index) =>
            operations[index].References.Where(_creators.ContainsKey).Select(bulkId => _creators[bulkId]).Order();

        private static Dictionary<string, int> Creators(IReadOnlyList<BulkOperation> operations)
        {
            var creators = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var operation in operations.Where(operation => operation is { Method: BulkMethod.Post, BulkId: not null }))
            {
                creators.TryAdd(operation.BulkId!, operation.Index);
            }

            return creators;
        }
    }
}
