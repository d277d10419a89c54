using System.Text.Encodings.Web;
using System.Text.Json;

namespace NinjaIam.Core.Scim.Schema;

/// <summary>How documents are written into the database. Answers hold the stored text as it is.</summary>
internal static class StoredJson
{
    /// <summary>Without white space, and without escapes beyond those JSON demands: names stay readable.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
