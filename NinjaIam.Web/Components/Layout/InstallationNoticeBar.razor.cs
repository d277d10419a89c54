using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Layout;

public sealed partial class InstallationNoticeBar(InstallationNotice notice) : ComponentBase, IDisposable
{
    public void Dispose() => notice.Changed -= OnChanged;

    protected override void OnInitialized() => notice.Changed += OnChanged;

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
