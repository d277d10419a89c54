using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>What the identity provider sent about a person, attribute by attribute in its SCIM spelling, and as JSON.</summary>
public sealed partial class UserScimDocument(SchemaRegistry schemas, IJSRuntime scripts) : UserPart
{
    private ElementReference _raw;
    private ScimContent _content = ScimContent.Of([]);
    private string? _shown;
    private bool _copyBlocked;

    protected override void OnParametersSet()
    {
        if (_shown != Person.Document)
        {
            _shown = Person.Document;
            _content = ScimContent.Of(schemas.User.WithoutSecrets(JsonNode.Parse(Person.Document ?? "{}")!.AsObject()));
        }
    }

    private string TitleOf(ScimSection section) =>
        section.Schema switch
        {
            null => UserTexts.CoreSchema,
            SchemaUrns.EnterpriseUser => UserTexts.EnterpriseSchema,
            SchemaUrns.NinjaOneUser => UserTexts.NinjaOneSchema,
            var other => schemas.FindSchema(other)?.Name ?? other,
        };

    private async Task Tried(bool copied)
    {
        _copyBlocked = !copied;
        if (_copyBlocked)
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/clipboard.js");
            await module.InvokeVoidAsync("select", _raw);
        }
    }
}
