using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using SignIns = NinjaIam.Core.Accounts.Sessions;

namespace NinjaIam.Web.Components.Profile;

/// <summary>Where a person is signed in now, and the way to end that: for themselves, and for system administrators.</summary>
public sealed partial class SessionsCard(SignIns sessions, IOptions<SessionLimits> limits, CurrentPerson current, IDialogService dialogs)
    : ComponentBase
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Sessions];

    private IReadOnlyList<SessionLine> _sessions = [];
    private Refusal? _refusal;
    private Guid? _current;

    [Parameter, EditorRequired]
    public required Guid AccountId { get; set; }

    /// <summary>Whose they are.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    private bool IsOwn => _sessions.Any(session => session.Id == _current);

    private int Others => _sessions.Count(session => session.Id != _current);

    private string IdleText =>
        limits.Value.IdleMinutes switch
        {
            60 => ProfileTexts.OneHour,
            var minutes when minutes % 60 == 0 => Wording.Fill(ProfileTexts.Hours, (minutes / 60).ToString(CultureInfo.CurrentCulture)),
            var minutes => Wording.Fill(ProfileTexts.Minutes, minutes.ToString(CultureInfo.CurrentCulture)),
        };

    private async Task LoadAsync()
    {
        if (await current.FindActorAsync() is not { } actor)
        {
            return;
        }

        _current = (await current.OriginAsync()).SessionId;
        var found = await sessions.ListAsync(actor, AccountId, CancellationToken.None);
        _sessions = [.. found.OrderByDescending(session => session.Id == _current)];
    }

    private async Task EndAsync(SessionLine session)
    {
        var outcome = await sessions.EndOneAsync(AccountId, session.Id, await current.OriginAsync(), CancellationToken.None);
        _refusal = outcome.RefusalOrNull();
        await LoadAsync();
    }

    private async Task EndOthersAsync()
    {
        _refusal = null;
        var others = Others;
        await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(
                IsOwn ? ProfileTexts.EndOthersTitle : Wording.Fill(ProfileTexts.EndAllTitle, Name),
                IsOwn ? ProfileTexts.EndOthers : ProfileTexts.EndAll
            )
            {
                Consequences = [IsOwn ? Wording.Fill(ProfileTexts.EndOthersEffect, others) : ProfileTexts.EndAllEffect],
                BusyText = SharedTexts.Saving,
                Act = async _ =>
                    (await sessions.EndOthersAsync(AccountId, await current.OriginAsync(), CancellationToken.None)).RefusalOrNull(),
            }
        );
        await LoadAsync();
    }
}
