namespace NinjaIam.Web.Components.Layout;

/// <summary>
/// What everyone who uses this installation has to know on every page, for example that it holds demonstration data.
/// The texts stand in a bar above all pages until the program ends or they are withdrawn.
/// </summary>
public sealed class InstallationNotice
{
    private readonly Lock _changing = new();
    private IReadOnlyList<string> _texts = [];

    public event Action? Changed;

    public IReadOnlyList<string> Texts => _texts;

    public void Show(string text)
    {
        lock (_changing)
        {
            if (_texts.Contains(text))
            {
                return;
            }

            _texts = [.. _texts, text];
        }

        Changed?.Invoke();
    }

    public void Withdraw(string text)
    {
        lock (_changing)
        {
            _texts = [.. _texts.Where(shown => shown != text)];
        }

        Changed?.Invoke();
    }
}
