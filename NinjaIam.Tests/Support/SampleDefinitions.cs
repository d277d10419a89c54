using System.Text;
using NinjaIam.Core.Scim.Definitions;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Tests.Support;

/// <summary>A resource type with an attribute of every type and characteristic, and extensions of it, of users and of groups.</summary>
internal static class SampleDefinitions
{
    public const string Device = "urn:example:params:scim:schemas:1.0:Device";
    public const string Warranty = "urn:example:params:scim:schemas:1.0:Warranty";
    public const string Badge = "urn:example:params:scim:schemas:extension:badge:2.0:User";
    public const string Site = "urn:example:params:scim:schemas:extension:site:2.0:Group";

    public static SchemaRegistry Registry => Read(Everything);

    public static string Everything =>
        $$"""
            [
              {
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
                "id": "{{Device}}",
                "name": "Device",
                "description": "Something with a serial number",
                "attributes": [
                  {"name": "displayName", "description": "What it is called", "required": true},
                  {"name": "serialNumber", "caseExact": true, "uniqueness": "server"},
                  {"name": "assetTag", "uniqueness": "global"},
                  {"name": "owner", "type": "reference", "referenceTypes": ["User"], "ninjaiam:searchable": true},
                  {"name": "notes"},
                  {"name": "active", "type": "boolean"},
                  {"name": "ports", "type": "integer", "ninjaiam:searchable": true},
                  {"name": "weight", "type": "decimal", "ninjaiam:searchable": true},
                  {"name": "boughtAt", "type": "dateTime", "ninjaiam:searchable": true},
                  {"name": "firmware", "type": "binary"},
                  {"name": "tags", "multiValued": true, "ninjaiam:searchable": true},
                  {"name": "color", "canonicalValues": ["black", "white"]},
                  {"name": "condition", "canonicalValues": ["New", "Used"], "ninjaiam:canonicalValuesOnly": true},
                  {"name": "model", "mutability": "immutable"},
                  {"name": "health", "mutability": "readOnly"},
                  {"name": "pin", "mutability": "writeOnly"},
                  {"name": "secret", "returned": "never"},
                  {"name": "fingerprint", "returned": "request"},
                  {"name": "kind", "returned": "always"},
                  {"name": "members", "multiValued": true},
                  {"name": "groups", "multiValued": true},
                  {"name": "location", "type": "complex", "subAttributes": [
                    {"name": "site", "required": true, "ninjaiam:searchable": true},
                    {"name": "room"},
                    {"name": "key", "returned": "never"},
                    {"name": "building", "mutability": "immutable"}
                  ]},
                  {"name": "interfaces", "type": "complex", "multiValued": true, "subAttributes": [
                    {"name": "value", "uniqueness": "server"},
                    {"name": "type", "canonicalValues": ["wired", "wireless"]},
                    {"name": "primary", "type": "boolean"},
                    {"name": "speed", "type": "integer"},
                    {"name": "vlans", "type": "integer", "multiValued": true},
                    {"name": "slot", "mutability": "immutable"},
                    {"name": "key", "mutability": "writeOnly"}
                  ]}
                ]
              },
              {
                "id": "{{Warranty}}",
                "name": "Warranty",
                "attributes": [
                  {"name": "until", "type": "dateTime", "required": true, "ninjaiam:searchable": true},
                  {"name": "contract", "uniqueness": "server"}
                ]
              },
              {
                "id": "{{Badge}}",
                "name": "Badge",
                "attributes": [
                  {"name": "number", "caseExact": true, "uniqueness": "server"},
                  {"name": "level", "type": "integer", "ninjaiam:searchable": true},
                  {"name": "doors", "multiValued": true},
                  {"name": "issuedBy", "type": "complex", "subAttributes": [{"name": "value", "type": "reference", "referenceTypes": ["User"]}]},
                  {"name": "code", "mutability": "writeOnly"}
                ]
              },
              {
                "id": "{{Site}}",
                "attributes": [{"name": "city", "ninjaiam:searchable": true}, {"name": "costCenter", "uniqueness": "server"}]
              },
              {
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
                "id": "Device",
                "name": "Device",
                "endpoint": "/Devices",
                "description": "Devices",
                "schema": "{{Device}}",
                "schemaExtensions": [{"schema": "{{Warranty}}", "required": false}]
              },
              {"name": "User", "schemaExtensions": [{"schema": "{{Badge}}", "required": false}]},
              {"name": "Group", "schemaExtensions": [{"schema": "{{Site}}", "required": false}]}
            ]
            """;

    /// <summary>The registry of a definition that must be right.</summary>
    public static SchemaRegistry Read(string json) =>
        DefinitionReader.TryRead([Source("sample.json", json)], out var registry, out var problems)
            ? registry
            : throw new InvalidOperationException(string.Join('\n', problems));

    public static DefinitionSource Source(string name, string json) => new(name, Encoding.UTF8.GetBytes(json));
}
