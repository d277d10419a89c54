namespace NinjaIam.Core.SingleSignOn;

/// <summary>Why a sign-in was refused, as Activities shows it. A reason is never renamed.</summary>
public static class SamlReason
{
    public const string NoResponse = "no-response";
    public const string TooLarge = "too-large";
    public const string NotEncoded = "not-base64";
    public const string NotXml = "not-xml";
    public const string Dtd = "dtd";
    public const string TooDeep = "too-deep";
    public const string TooComplex = "too-complex";
    public const string OtherContent = "comment";

    public const string NotAResponse = "not-a-response";
    public const string SeveralResponses = "several-responses";
    public const string SeveralAssertions = "several-assertions";
    public const string NoAssertion = "no-assertion";
    public const string Encrypted = "encrypted";
    public const string Identifier = "id";
    public const string RepeatedIdentifier = "id-repeated";
    public const string Shape = "shape";
    public const string Version = "version";

    public const string Status = "status";

    public const string NotSigned = "not-signed";
    public const string SignaturePlace = "signature-place";
    public const string SignatureShape = "signature-shape";
    public const string SignatureObject = "signature-object";
    public const string SignatureReference = "signature-reference";
    public const string SignatureTransform = "signature-transform";
    public const string SignatureAlgorithm = "signature-algorithm";
    public const string DigestWrong = "digest-wrong";
    public const string SignatureWrong = "signature-wrong";
    public const string KeyExpired = "key-expired";

    public const string Issuer = "issuer";
    public const string Audience = "audience";
    public const string Recipient = "recipient";
    public const string Destination = "destination";
    public const string Subject = "subject";
    public const string Condition = "condition";
    public const string Expired = "expired";
    public const string TooEarly = "too-early";
    public const string TimeMissing = "time";

    public const string UnknownProvider = "unknown-provider";
    public const string NotEnabled = "not-enabled";
    public const string NotSolicited = "not-solicited";
    public const string OtherRequest = "other-request";
    public const string Replayed = "replayed";

    public const string NoUserName = "no-user-name";
    public const string UnknownPerson = "unknown-person";
    public const string OtherProvider = "other-provider";
    public const string Deactivated = "deactivated";
    public const string Blocked = "blocked";
}
