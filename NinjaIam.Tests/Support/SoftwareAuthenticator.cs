using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NinjaIam.Tests.Support;

/// <summary>
/// A device that keeps one passkey (ES256), with the browser around it: it answers what <c>navigator.credentials</c> would. What an honest
/// one never does can be set.
/// </summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string _person = "";

    /// <summary>The page it believes to answer.</summary>
    public required string Origin { get; set; }

    /// <summary>Whether it saw finger, face or PIN.</summary>
    public bool VerifiesUser { get; set; } = true;

    public bool IsInFrame { get; set; }

    /// <summary>Signs something else than it says.</summary>
    public bool Forges { get; set; }

    /// <summary>Zero for passkeys that are kept in step over devices.</summary>
    public uint Count { get; set; }

    public void Dispose() => _key.Dispose();

    /// <summary>Makes the passkey.</summary>
    public string Create(string options)
    {
        using var asked = JsonDocument.Parse(options);
        _person = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var client = ClientData("webauthn.create", asked);
        var data = Data(asked.RootElement.GetProperty("rp").GetProperty("id").GetString()!, Credential());
        var writer = new CborWriter();
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString("none");
        writer.WriteTextString("attStmt");
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteTextString("authData");
        writer.WriteByteString(data);
        writer.WriteEndMap();
        return Answer(
            new
            {
                clientDataJSON = Text(client),
                attestationObject = Text(writer.Encode()),
                transports = (string[])["internal"],
            }
        );
    }

    /// <summary>Answers a challenge by the passkey.</summary>
    /// <param name="person">Whose it says it is; null for the truth.</param>
    public string Get(string options, Guid? person = null)
    {
        using var asked = JsonDocument.Parse(options);
        var client = ClientData("webauthn.get", asked);
        var data = Data(asked.RootElement.GetProperty("rpId").GetString()!, []);
        var signature = _key.SignData(
            [.. data, .. SHA256.HashData(Forges ? data : client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Answer(
            new
            {
                clientDataJSON = Text(client),
                authenticatorData = Text(data),
                signature = Text(signature),
                userHandle = person is { } other ? Text(Encoding.UTF8.GetBytes(other.ToString())) : _person,
            }
        );
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private string Answer(object response) =>
        JsonSerializer.Serialize(
            new
            {
                id = Text(_id),
                rawId = Text(_id),
                type = "public-key",
                clientExtensionResults = new { },
                response,
            }
        );

    private byte[] ClientData(string type, JsonDocument asked) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type,
                challenge = asked.RootElement.GetProperty("challenge").GetString(),
                origin = Origin,
                crossOrigin = IsInFrame,
            }
        );

    private byte[] Data(string domain, byte[] credential)
    {
        var flags = UserPresent | (VerifiesUser ? UserVerified : 0) | (credential.Length > 0 ? HasCredential : 0);
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), (byte)flags, .. count, .. credential];
    }

    private byte[] Credential()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new CborWriter();
        key.WriteStartMap(5);
        key.WriteInt32(1);
        key.WriteInt32(2);
        key.WriteInt32(3);
        key.WriteInt32(-7);
        key.WriteInt32(-1);
        key.WriteInt32(1);
        key.WriteInt32(-2);
        key.WriteByteString(point.X!);
        key.WriteInt32(-3);
        key.WriteByteString(point.Y!);
        key.WriteEndMap();
        return [.. new byte[16], 0, (byte)_id.Length, .. _id, .. key.Encode()];
    }
}
