using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>
/// Which groups of a provider, and which values of attributes, give which roles. Nothing is saved before it was shown what it means.
/// </summary>
public sealed partial class ProviderMappings(RoleMappings mappings, RoleDirectory roles, CurrentPerson person)
{
    private const string Mapped = "mapped";

    private static readonly ChangeTopic[] Watched = [ChangeTopic.Groups, ChangeTopic.Roles];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private static readonly ListFilter[] Filters =
    [
        new("mapping", MappingTexts.ColumnStatus, [new(Mapped, SharedTexts.StatusMapped), new("unmapped", SharedTexts.StatusNotMapped)]),
    ];

    private readonly string _countId = $"mapping-{Guid.NewGuid():N}";
    private IReadOnlyList<RoleChoice> _roles = [];
    private IReadOnlyList<MappedValue> _values = [];
    private IReadOnlyList<RoleEffect>? _effects;
    private ListPage<MappedGroup>? _list;
    private MappingChanges? _undo;
    private Refusal? _refusal;
    private string? _saved;
    private bool _changed;
    private bool _loaded;

    /// <summary>What is wanted; it outlives this tab.</summary>
    [Parameter, EditorRequired]
    public required MappingEdit Edit { get; set; }

    /// <summary>Told when <see cref="Edit"/> holds something else.</summary>
    [Parameter]
    public EventCallback OnEdited { get; set; }

    private bool PushesGroups => VendorCatalog.Of(Provider.Vendor).PushesGroups;

    private string CountText =>
        Edit.Count switch
        {
            0 => MappingTexts.NoChanges,
            1 => MappingTexts.ChangesOne,
            var count => Wording.Fill(MappingTexts.Changes, count),
        };

    protected override Task OnInitializedAsync() => ReadAsync();

    private static string GroupCount(long count) => count == 1 ? MappingTexts.GroupCountOne : Wording.Fill(MappingTexts.GroupCount, count);

    private Status StatusOf(MappedGroup group) =>
        group.IsDeleted ? Statuses.Mapping.Deleted
        : group.Roles.Any(role => !Edit.IsRemoved(role.MappingId)) || Edit.AddedTo(group.Id).Any() ? Statuses.Mapping.Mapped
        : Statuses.Mapping.NotMapped;

    private async Task ReadAsync()
    {
        var actor = await person.ActorAsync();
        _roles =
        [
            .. (await roles.ChoicesAsync(actor, AccountKind.Technician, CancellationToken.None)).Select(role =>
                role with
                {
                    Name = Wording.Fill(MappingTexts.OfTechnicians, role.Name),
                }
            ),
            .. (await roles.ChoicesAsync(actor, AccountKind.EndUser, CancellationToken.None)).Select(role =>
                role with
                {
                    Name = Wording.Fill(MappingTexts.OfEndUsers, role.Name),
                }
            ),
        ];
        _values = await mappings.ListValuesAsync(actor, Provider.Id, CancellationToken.None);
        _loaded = true;
    }

    private async Task RefreshAsync()
    {
        await ReadAsync();
        if (_list is not null)
        {
            await _list.RefreshAsync();
        }
    }

    private async Task<ListRows<MappedGroup>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var page = await mappings.ListGroupsAsync(
            await person.ActorAsync(),
            Provider.Id,
            new MappedGroupFilter { Search = query.Search, IsMapped = query.Filter("mapping") is { } state ? state == Mapped : null },
            new PageRequest(query.Skip, query.Size, query.Descending ? $"-{query.Sort}" : query.Sort),
            cancellationToken
        );
        return new ListRows<MappedGroup>(page.Items, page.Total);
    }

    private Task EditedAsync()
    {
        (_refusal, _saved, _undo) = (null, null, null);
        return OnEdited.InvokeAsync();
    }

    private Task DiscardAsync()
    {
        Edit.Forget();
        return EditedAsync();
    }

    private void Back() => (_effects, _changed, _refusal) = (null, false, null);

    private async Task PreviewAsync()
    {
        var preview = await mappings.PreviewAsync(await person.ActorAsync(), Provider.Id, Edit.Changes, CancellationToken.None);
        (_effects, _refusal, _changed) = (
            preview.Match<IReadOnlyList<RoleEffect>?>(found => found.Effects, _ => null),
            preview.RefusalOrNull(),
            false
        );
    }

    private async Task SaveAsync()
    {
        var count = Edit.Count;
        var outcome = await mappings.SaveAsync(Provider.Id, Edit.Changes, _effects, await person.OriginAsync(), CancellationToken.None);
        _refusal = outcome.RefusalOrNull();
        var save = outcome.Match<MappingSave?>(done => done, _ => null);
        if (save?.Effects is { } now)
        {
            (_effects, _changed) = (now, true);
        }
        else if (save is not null)
        {
            await SavedAsync(count == 1 ? MappingTexts.SavedOne : Wording.Fill(MappingTexts.Saved, count), save.Undo);
        }
    }

    private async Task UndoAsync()
    {
        var outcome = await mappings.SaveAsync(Provider.Id, _undo!, null, await person.OriginAsync(), CancellationToken.None);
        _refusal = outcome.RefusalOrNull();
        if (_refusal is null)
        {
            await SavedAsync(MappingTexts.Undone, null);
        }
    }

    private async Task SavedAsync(string text, MappingChanges? undo)
    {
        Edit.Forget();
        (_effects, _changed) = (null, false);
        await OnEdited.InvokeAsync();
        (_saved, _undo) = (text, undo);
        await RefreshAsync();
    }
}
