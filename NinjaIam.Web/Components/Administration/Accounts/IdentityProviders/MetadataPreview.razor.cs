using Microsoft.AspNetCore.Components;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What SAML metadata says: who signs in where, and with which certificates.</summary>
public sealed partial class MetadataPreview(PersonClock clock) : ComponentBase
{
    [Parameter, EditorRequired]
    public required string EntityId { get; set; }

    [Parameter, EditorRequired]
    public required string SignInUrl { get; set; }

    [Parameter]
    public string? Url { get; set; }

    [Parameter]
    public DateTimeOffset? ImportedAt { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<CertificateLine> Certificates { get; set; }
}
