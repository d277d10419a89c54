using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What an administrator decides about a provider: name, domains and boundary. The form around it saves.</summary>
public sealed partial class ProviderFields : ComponentBase
{
    private readonly string _boundary = $"boundary-{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required ProviderInput Input { get; set; }

    [Parameter]
    public EventCallback<ProviderInput> InputChanged { get; set; }

    [Parameter]
    public FieldErrors Errors { get; set; } = FieldErrors.None;

    [Parameter, EditorRequired]
    public required IReadOnlyList<OrganizationChoice> Organizations { get; set; }

    private static IReadOnlyList<Option> Policies { get; } =
    [
        new(nameof(AdoptionPolicy.EndUsersWithoutRoles), AdoptionTexts.PolicyEndUsers),
        new(nameof(AdoptionPolicy.Everybody), AdoptionTexts.PolicyEverybody),
        new(nameof(AdoptionPolicy.Ask), AdoptionTexts.PolicyAsk),
        new(nameof(AdoptionPolicy.Nobody), AdoptionTexts.PolicyNobody),
    ];

    private string DefaultValue => Input.DefaultOrganizationId?.ToString(CultureInfo.InvariantCulture) ?? "";

    private IReadOnlyList<Option> DefaultChoices =>
        [
            .. Organizations
                .Where(choice => Input.AllOrganizations || Input.OrganizationIds.Contains(choice.Id))
                .Select(choice => new Option(choice.Id.ToString(CultureInfo.InvariantCulture), choice.Name)),
        ];

    private Task ChangeAsync(ProviderInput input) => InputChanged.InvokeAsync(input);

    private Task ChangeDomainsAsync(IReadOnlyList<string> typed)
    {
        // What is not a domain stays as it was typed, with the reason beside it.
        IReadOnlyList<string> domains =
        [
            .. typed.Select(domain => EmailDomain.Clean(domain).Match(clean => clean, _ => domain)).Distinct(StringComparer.Ordinal),
        ];
        var name = string.IsNullOrWhiteSpace(Input.DisplayName) && domains.Count > 0 ? domains[0] : Input.DisplayName;
        return ChangeAsync(Input with { Domains = domains, DisplayName = name });
    }

    private Task ChangeOrganizationsAsync(IReadOnlyList<int> ids)
    {
        int? standard =
            Input.DefaultOrganizationId is { } chosen && ids.Contains(chosen) ? chosen
            : ids.Count == 1 ? ids[0]
            : null;
        return ChangeAsync(Input with { OrganizationIds = ids, DefaultOrganizationId = standard });
    }

    private Task ChangeDefaultAsync(string value) =>
        ChangeAsync(
            Input with
            {
                DefaultOrganizationId = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            }
        );
}
