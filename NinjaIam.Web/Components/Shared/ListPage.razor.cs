using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using MudBlazor;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// A list that is searched, filtered, sorted and paged on the server. What it shows stands in the page's address
/// (<c>q, sort, page, size, columns</c>, one name per filter and where it begins), so it can be sent to a colleague and Back works. An answer
/// to an older question is never shown.
/// </summary>
public sealed partial class ListPage<TRow>(NavigationManager navigation, TimeProvider time, IJSRuntime scripts, ILogger<ListPage<TRow>> log)
    : ComponentBase,
        IDisposable
{
    private const string ColumnsParameter = "columns";
    private const string NoColumns = "none";
    private const int SmallestSize = 25;
    private const int SkeletonLines = 8;

    private static readonly int[] Sizes = [SmallestSize, 50, 100];
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan BeforeSkeleton = TimeSpan.FromMilliseconds(150);

    private readonly List<ListColumn<TRow>> _columns = [];
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _loading;
    private CancellationTokenSource? _typing;
    private ListQuery _query = new(null, new Dictionary<string, string>(), null, false, 1, SmallestSize);
    private ListRows<TRow>? _rows;
    private string? _columnsOfAddress;
    private string? _columnsOfBrowser;
    private bool _columnsAreKnown;
    private string? _path;
    private string? _search;
    private bool _waiting;
    private bool _failed;
    private string _failure = "";

    /// <summary>What the list holds, for who cannot see it: "Users".</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required Func<ListQuery, CancellationToken, Task<ListRows<TRow>>> Load { get; set; }

    /// <summary>The columns, as <see cref="ListColumn{TRow}"/>.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Columns { get; set; }

    /// <summary>Identifies a row across loads.</summary>
    [Parameter, EditorRequired]
    public required Func<TRow, object> RowKey { get; set; }

    /// <summary>One sentence about what belongs into the list.</summary>
    [Parameter, EditorRequired]
    public required string EmptyText { get; set; }

    [Parameter]
    public RenderFragment? EmptyAction { get; set; }

    [Parameter]
    public string? NoMatchText { get; set; }

    [Parameter]
    public bool Searchable { get; set; } = true;

    [Parameter]
    public string? SearchHint { get; set; }

    [Parameter]
    public IReadOnlyList<ListFilter> Filters { get; set; } = [];

    /// <summary>More controls after the filters.</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    [Parameter]
    public Func<long, string>? CountText { get; set; }

    /// <summary>Entries of a row's menu, as <c>MudMenuItem</c>. Needs <see cref="RowName"/>.</summary>
    [Parameter]
    public RenderFragment<TRow>? RowMenu { get; set; }

    /// <summary>Names a row in the label of its menu button.</summary>
    [Parameter]
    public Func<TRow, string>? RowName { get; set; }

    /// <summary>The order while the address names none, as it would stand there: "-lastRequest".</summary>
    [Parameter]
    public string? DefaultSort { get; set; }

    /// <summary>What the address calls the row that the list begins at, for lists with continuations.</summary>
    [Parameter]
    public string? StartParameter { get; set; }

    /// <summary>
    /// Lets people choose among the columns that have a name, and names the choice in the browser's memory. What the address says goes first.
    /// </summary>
    [Parameter]
    public string? ColumnMemory { get; set; }

    [Parameter]
    public string TestId { get; set; } = "list";

    /// <summary>What the address has to lose when another list is asked for.</summary>
    private IEnumerable<(string Name, object? Value)> Beginning =>
        StartParameter is null ? [("page", null)] : [("page", null), (StartParameter, null)];

    private IEnumerable<ListColumn<TRow>> ShownColumns => _columns.Where(Shows);

    private int LastPage => _rows is null ? 1 : (int)Math.Max(1, (_rows.Total + _query.Size - 1) / _query.Size);

    /// <summary>Asks again for what is shown, for example because something changed. The old rows stay until the new ones are here.</summary>
    public Task RefreshAsync() => LoadAsync();

    public void Dispose()
    {
        navigation.LocationChanged -= OnLocationChanged;
        _leaving.Cancel();
        _leaving.Dispose();
        _loading?.Dispose();
        _typing?.Dispose();
    }

    internal void Add(ListColumn<TRow> column)
    {
        _columns.Add(column);
        StateHasChanged();
    }

    internal void Remove(ListColumn<TRow> column) => _columns.Remove(column);

    protected override Task OnInitializedAsync()
    {
        _path = PathOf(navigation.Uri);
        navigation.LocationChanged += OnLocationChanged;
        ReadAddress();
        _columnsAreKnown = ColumnMemory is null;
        return Task.WhenAll(RecallColumnsAsync(), LoadAsync());
    }

    private static string PathOf(string address) => new Uri(address).AbsolutePath;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        if (PathOf(change.Location) == _path)
        {
            _ = InvokeAsync(AddressChangedAsync);
        }
    }

    private async Task AddressChangedAsync()
    {
        var (before, columns) = (_query, _columnsOfAddress);
        ReadAddress();
        if (!Same(before, _query))
        {
            await LoadAsync();
        }

        if (!Same(before, _query) || columns != _columnsOfAddress)
        {
            StateHasChanged();
        }
    }

    private static bool Same(ListQuery one, ListQuery other) =>
        one with { Filters = other.Filters } == other
        && one.Filters.Count == other.Filters.Count
        && one.Filters.All(filter => other.Filter(filter.Key) == filter.Value);

    private void ReadAddress()
    {
        var values = QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query);
        string? Value(string name) =>
            values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.ToString().Trim() : null;

        var filters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var filter in Filters)
        {
            // A value that is not offered is not handed on: nobody checked it.
            if (Value(filter.Name) is { } chosen && filter.Options.Any(option => option.Value == chosen))
            {
                filters[filter.Name] = chosen;
            }
        }

        var sort = Value("sort") ?? DefaultSort;
        var size =
            int.TryParse(Value("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && Sizes.Contains(wanted)
                ? wanted
                : SmallestSize;
        var page = int.TryParse(Value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 1, int.MaxValue / size)
            : 1;
        var search = Searchable ? Value("q") : null;
        if (search != _query.Search || _search is null)
        {
            _search = search ?? "";
        }

        _columnsOfAddress = Value(ColumnsParameter);
        var start = StartParameter is null ? null : Value(StartParameter);
        _query = new ListQuery(search, filters, sort?.TrimStart('-'), sort?.StartsWith('-') ?? false, page, size, start);
    }

    private async Task LoadAsync()
    {
        _loading?.Cancel();
        _loading?.Dispose();
        var mine = _loading = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        var token = mine.Token;
        _ = ShowWaitingAsync(mine, token);
        try
        {
            var query = _query;
            var rows = await Load(query, token);
            if (mine != _loading || token.IsCancellationRequested)
            {
                return;
            }

            (_rows, _failed) = (rows, false);
            if (rows.Rows.Count == 0 && rows.Total > 0 && query.Page > 1)
            {
                // That asks anew; the newer question takes over from here.
                GoTo(LastPage);
                return;
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (mine == _loading)
        {
            _failure = Core.Journal.Origin.NewRequestId();
            LoadFailed(log, Name, _failure, failure);
            _failed = true;
        }

        _loading = null;
        mine.Dispose();
        _waiting = false;
        StateHasChanged();
    }

    private async Task ShowWaitingAsync(CancellationTokenSource mine, CancellationToken token)
    {
        try
        {
            await Task.Delay(BeforeSkeleton, time, token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await InvokeAsync(() =>
        {
            if (mine == _loading)
            {
                _waiting = true;
                StateHasChanged();
            }
        });
    }

    private async Task SearchTypedAsync(ChangeEventArgs change)
    {
        _search = change.Value as string ?? "";
        _typing?.Cancel();
        _typing?.Dispose();

        _typing = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        try
        {
            await Task.Delay(TypingPause, time, _typing.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // Typing is one step in the history, not one per pause.
        Show(replace: true, [("q", string.IsNullOrWhiteSpace(_search) ? null : _search.Trim()), .. Beginning]);
    }

    private void Choose(ListFilter filter, ChangeEventArgs change) =>
        Show(replace: false, [(filter.Name, string.IsNullOrEmpty(change.Value as string) ? null : change.Value), .. Beginning]);

    private void ChooseSize(ChangeEventArgs change) => Show(replace: false, ("size", change.Value as string), ("page", null));

    private void ClearFilters()
    {
        _search = "";
        Show(replace: false, [("q", null), .. Beginning, .. Filters.Select(filter => (filter.Name, (object?)null))]);
    }

    private void SortBy(ListColumn<TRow> column)
    {
        var descending = column.Sort == _query.Sort && !_query.Descending;
        Show(replace: false, [("sort", descending ? $"-{column.Sort}" : column.Sort), .. Beginning]);
    }

    private void GoTo(int page) => Show(replace: false, ("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)));

    private void StartAt(string? start) => Show(replace: false, ("page", null), (StartParameter!, start));

    private void Show(bool replace, params IEnumerable<(string Name, object? Value)> changes) =>
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(changes.ToDictionary(change => change.Name, change => change.Value)),
            replace: replace
        );

    private bool Shows(ListColumn<TRow> column) =>
        column.Name is not { } name
        || ((Chosen(_columnsOfAddress) ?? Chosen(_columnsOfBrowser)) is { } chosen ? chosen.Contains(name) : !column.Extra);

    /// <summary>The columns that a text names; null when it names none that there is.</summary>
    private List<string>? Chosen(string? text)
    {
        if (text is null || ColumnMemory is null)
        {
            return null;
        }

        var names = text.Split(',').Where(name => _columns.Exists(column => column.Name == name)).ToList();
        return names.Count > 0 || text == NoColumns ? names : null;
    }

    /// <param name="names">Null for those that a list begins with.</param>
    private async Task ChooseColumnsAsync(IReadOnlyCollection<string>? names)
    {
        _columnsOfBrowser =
            names is null ? null
            : names.Count == 0 ? NoColumns
            : string.Join(',', names);
        Show(replace: true, (ColumnsParameter, _columnsOfBrowser));
        try
        {
            await using var module = await ImportColumnsAsync();
            await module.InvokeVoidAsync("remember", ColumnMemory, _columnsOfBrowser);
        }
        catch (JSDisconnectedException)
        {
            // The person has left; the address they took along still says it.
        }
    }

    private async Task RecallColumnsAsync()
    {
        if (ColumnMemory is null)
        {
            return;
        }

        try
        {
            await using var module = await ImportColumnsAsync();
            _columnsOfBrowser = await module.InvokeAsync<string?>("recall", ColumnMemory);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            // Without memory a list has the columns that it begins with.
        }

        _columnsAreKnown = true;
        StateHasChanged();
    }

    private ValueTask<IJSObjectReference> ImportColumnsAsync() => scripts.InvokeAsync<IJSObjectReference>("import", "./js/columns.js");

    private string? AriaSort(ListColumn<TRow> column) =>
        column.Sort is null || column.Sort != _query.Sort ? null
        : _query.Descending ? "descending"
        : "ascending";

    private string SortIcon(ListColumn<TRow> column) =>
        column.Sort == _query.Sort && _query.Descending ? Icons.Material.Outlined.ArrowDownward : Icons.Material.Outlined.ArrowUpward;

    private IEnumerable<ListColumn<TRow>> At(CardPlace place) => ShownColumns.Where(column => column.Card == place);

    private RenderFragment Menu(TRow row) =>
        builder =>
        {
            builder.OpenComponent<RowActions>(0);
            builder.AddComponentParameter(1, nameof(RowActions.Label), Wording.Fill(SharedTexts.RowActions, RowName?.Invoke(row)));
            builder.AddComponentParameter(2, nameof(RowActions.ChildContent), RowMenu!(row));
            builder.CloseComponent();
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "The list {List} could not be loaded (request {Request}).")]
    private static partial void LoadFailed(ILogger logger, string list, string request, Exception failure);
}
