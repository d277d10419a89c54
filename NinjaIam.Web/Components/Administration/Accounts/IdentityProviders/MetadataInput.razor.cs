using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Imports SAML metadata from an address, a file or pasted text. What was refused stays, with the reason beside it.</summary>
public sealed partial class MetadataInput(MetadataDownloader downloader, SamlMetadataReader reader) : ComponentBase, IDisposable
{
    private static readonly (MetadataWay Way, string Title)[] Ways =
    [
        (MetadataWay.Url, AddProviderTexts.ImportUrl),
        (MetadataWay.File, AddProviderTexts.ImportFile),
        (MetadataWay.Xml, AddProviderTexts.ImportXml),
    ];

    private readonly string _group = $"import-{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _leaving = new();
    private MetadataWay _way;
    private string? _url;
    private string? _xml;
    private string? _error;
    private bool _working;

    /// <summary>Told when metadata was read and accepted. Nothing is saved yet.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<ImportedMetadata> OnImported { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private void Choose(MetadataWay way) => (_way, _error) = (way, null);

    private Task ImportAsync() =>
        _way == MetadataWay.Url ? WorkAsync(FromUrlAsync)
        : string.IsNullOrWhiteSpace(_xml) ? Refuse(AddProviderTexts.EnterXml)
        : WorkAsync(() => Task.FromResult(reader.Read(_xml).Match<Outcome<ImportedMetadata>>(FromDocument, refusal => refusal)));

    private Task ReadFileAsync(ReadOnlyMemory<byte> content) =>
        WorkAsync(() => Task.FromResult(reader.Read(content).Match<Outcome<ImportedMetadata>>(FromDocument, refusal => refusal)));

    private static Outcome<ImportedMetadata> FromDocument(SamlMetadata metadata) => ImportedMetadata.From(metadata, url: null);

    private async Task<Outcome<ImportedMetadata>> FromUrlAsync()
    {
        if (string.IsNullOrWhiteSpace(_url))
        {
            return new Refusal(RefusalKind.InvalidValue, AddProviderTexts.EnterUrl);
        }

        var url = _url.Trim();
        return (await downloader.DownloadAsync(url, _leaving.Token)).Match(
            content =>
                reader.Read(content).Match<Outcome<ImportedMetadata>>(metadata => ImportedMetadata.From(metadata, url), refusal => refusal),
            refusal => refusal
        );
    }

    private Task Refuse(string text)
    {
        _error = text;
        return Task.CompletedTask;
    }

    private async Task WorkAsync(Func<Task<Outcome<ImportedMetadata>>> import)
    {
        (_working, _error) = (true, null);
        try
        {
            var outcome = await import();
            var metadata = outcome.Match<ImportedMetadata?>(
                imported => imported,
                refusal =>
                {
                    _error = refusal.Detail;
                    return null;
                }
            );
            if (metadata is not null)
            {
                await OnImported.InvokeAsync(metadata);
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page was left; nobody waits for the answer.
        }
        finally
        {
            _working = false;
        }
    }
}
