using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Everything about one identity provider. It follows what happens elsewhere without being loaded again.</summary>
public sealed partial class ProviderPage(Providers providers, CurrentPerson person) : ComponentBase
{
    private static readonly ChangeTopic[] Watched =
    [
        ChangeTopic.Providers,
        ChangeTopic.Tokens,
        ChangeTopic.Users,
        ChangeTopic.Groups,
        ChangeTopic.Roles,
        ChangeTopic.Refusals,
        ChangeTopic.Requests,
    ];
    private static readonly Crumb[] Crumbs =
    [
        new(ProviderListTexts.CrumbAdministration),
        new(ProviderListTexts.CrumbAccounts),
        new(ProviderListTexts.Title, ProviderAddress.List),
    ];

    private readonly ProviderEdit _settings = new();
    private readonly MappingEdit _mappings = new();
    private ProviderDetails? _provider;
    private LiveContent? _content;

    [Parameter]
    public string Identifier { get; set; } = "";

    // The contents read the fields when they are rendered: the tabs keep a content longer than one rendering.
    private PageTab[] Tabs =>
        [
            new("overview", ProviderPageTexts.TabOverview, Content<ProviderOverview>()),
            new(ProviderAddress.SingleSignOnTab, ProviderPageTexts.TabSingleSignOn, Content<SingleSignOnSettings>()),
            new(ProviderAddress.MappingTab, ProviderPageTexts.TabMapping, MappingContent),
            new(ProviderAddress.UsersTab, ProviderPageTexts.TabUsers, Content<ProviderUsers>()),
            new("activities", ProviderPageTexts.TabActivities, Content<ProviderActivities>()),
            new(ProviderAddress.SetupTab, ProviderPageTexts.TabSetup, Content<SetupGuideTab>()),
            new(ProviderAddress.SettingsTab, ProviderPageTexts.TabSettings, SettingsContent),
        ];

    protected override void OnParametersSet()
    {
        if (_provider is not null && _provider.UniqueIdentifier != Identifier)
        {
            _provider = null;
            _settings.Forget();
            _mappings.Forget();
        }
    }

    private RenderFragment Content<TTab>()
        where TTab : ProviderTab =>
        builder =>
        {
            builder.OpenComponent<TTab>(0);
            builder.AddComponentParameter(1, nameof(ProviderTab.Provider), _provider);
            builder.AddComponentParameter(2, nameof(ProviderTab.OnChanged), EventCallback.Factory.Create(this, ReloadAsync));
            builder.CloseComponent();
        };

    private void SettingsContent(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
    {
        builder.OpenComponent<ProviderSettings>(0);
        builder.AddComponentParameter(1, nameof(ProviderTab.Provider), _provider);
        builder.AddComponentParameter(2, nameof(ProviderTab.OnChanged), EventCallback.Factory.Create(this, ReloadAsync));
        builder.AddComponentParameter(3, nameof(ProviderSettings.Edit), _settings);
        builder.AddComponentParameter(4, nameof(ProviderSettings.OnEdited), EventCallback.Factory.Create(this, StateHasChanged));
        builder.CloseComponent();
    }

    private void MappingContent(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
    {
        builder.OpenComponent<ProviderMappings>(0);
        builder.AddComponentParameter(1, nameof(ProviderTab.Provider), _provider);
        builder.AddComponentParameter(2, nameof(ProviderTab.OnChanged), EventCallback.Factory.Create(this, ReloadAsync));
        builder.AddComponentParameter(3, nameof(ProviderMappings.Edit), _mappings);
        builder.AddComponentParameter(4, nameof(ProviderMappings.OnEdited), EventCallback.Factory.Create(this, StateHasChanged));
        builder.CloseComponent();
    }

    private async Task LoadAsync() => _provider = await providers.FindAsync(await person.ActorAsync(), Identifier, CancellationToken.None);

    private Task ReloadAsync() => _content?.RefreshAsync() ?? Task.CompletedTask;
}
