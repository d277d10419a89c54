using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.Roles;

/// <summary>What a role permits, and in which organizations.</summary>
public sealed partial class PermissionInputs : ComponentBase
{
    [Parameter, EditorRequired]
    public required AccountKind Kind { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<OrganizationChoice> Organizations { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PermissionInput> Values { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<PermissionInput>> ValuesChanged { get; set; }

    [Parameter]
    public string? Error { get; set; }

    private PermissionInput? Find(PermissionKind permission) => Values.FirstOrDefault(each => each.Permission == permission);

    private Task ToggleAsync(PermissionKind permission) =>
        ValuesChanged.InvokeAsync(
            Find(permission) is { } held
                ? [.. Values.Where(each => each != held)]
                : [.. Values.Append(new PermissionInput(permission, true, [])).OrderBy(each => each.Permission)]
        );

    private Task ChangeAsync(PermissionInput changed) =>
        ValuesChanged.InvokeAsync([.. Values.Select(each => each.Permission == changed.Permission ? changed : each)]);
}
