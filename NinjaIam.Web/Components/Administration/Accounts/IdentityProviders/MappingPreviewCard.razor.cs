using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What the wanted mappings would mean: who would get a role and who would lose one.</summary>
public sealed partial class MappingPreviewCard(RoleMappings mappings, CurrentPerson person) : ComponentBase
{
    private const int PeopleAtOnce = 25;

    private readonly List<AffectedPerson> _people = [];
    private (int Role, bool Gaining)? _shown;
    private int _total;

    [Parameter, EditorRequired]
    public required Guid ProviderId { get; set; }

    [Parameter, EditorRequired]
    public required MappingChanges Changes { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<RoleEffect> Effects { get; set; }

    /// <summary>The figures are not those that were looked at before.</summary>
    [Parameter]
    public bool Changed { get; set; }

    [Parameter]
    public EventCallback OnBack { get; set; }

    [Parameter]
    public EventCallback OnSave { get; set; }

    private string SaveText => Changes.Count == 1 ? MappingTexts.SaveOne : Wording.Fill(MappingTexts.Save, Changes.Count);

    private static string Gain(RoleEffect effect) =>
        effect.Gain switch
        {
            0 => MappingTexts.GainNobody,
            1 => MappingTexts.GainOne,
            _ => Wording.Fill(MappingTexts.Gain, effect.Gain),
        };

    private static string Lose(RoleEffect effect) =>
        effect.Lose switch
        {
            0 => MappingTexts.LoseNobody,
            1 => MappingTexts.LoseOne,
            _ => Wording.Fill(MappingTexts.Lose, effect.Lose),
        };

    private static string OtherKind(RoleEffect effect) =>
        Wording.Fill(effect.Kind == AccountKind.Technician ? MappingTexts.NoTechnicians : MappingTexts.NoEndUsers, effect.OtherKind);

    private Task ShowAsync(RoleEffect effect, bool gaining)
    {
        _people.Clear();
        _shown = (effect.RoleId, gaining);
        return MoreAsync();
    }

    private async Task MoreAsync()
    {
        if (_shown is not var (role, gaining))
        {
            return;
        }

        var page = await mappings.ListAffectedAsync(
            await person.ActorAsync(),
            ProviderId,
            Changes,
            role,
            gaining,
            new PageRequest(_people.Count, PeopleAtOnce),
            CancellationToken.None
        );
        _people.AddRange(page.Items);
        _total = page.Total;
    }
}
