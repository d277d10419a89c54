using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts.Factors;
using QRCoder;

namespace NinjaIam.Web.Components.Shared;

/// <summary>What an authenticator app scans, and the same as text for somebody who can't scan it.</summary>
public sealed partial class AuthenticatorPicture : ComponentBase
{
    private const int PixelsPerModule = 4;

    private string _picture = "";

    [Parameter, EditorRequired]
    public required AuthenticatorKey Key { get; set; }

    protected override void OnParametersSet()
    {
        using var data = QRCodeGenerator.GenerateQrCode(Key.Address, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        _picture = $"data:image/png;base64,{Convert.ToBase64String(code.GetGraphic(PixelsPerModule))}";
    }
}
