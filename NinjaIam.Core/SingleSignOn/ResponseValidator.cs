using System.Xml;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>
/// Decides whether a SAML response may sign somebody in: SAML 2.0 Core and the Web Browser SSO profile (Profiles, section 4.1.4.3), held
/// to the narrowest form that identity providers send. It needs no state; whether the request and the assertion are fresh is decided by
/// <see cref="SingleSignOnReplies"/>.
/// </summary>
internal static class ResponseValidator
{
    private const int LongestNameId = 512;
    private static readonly string[] KnownConditions = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];

    public static CheckedResponse Check(ReadOnlySpan<byte> content, ResponseRules rules)
    {
        if (!SamlXml.TryRead(content, out var root, out var refusal))
        {
            return new CheckedResponse(null, refusal);
        }

        if (ResponseShape.Read(root, out var shape) is { } misshapen)
        {
            return new CheckedResponse(null, misshapen);
        }

        var issuer = shape.ReceivedIssuer;
        if (CheckStatus(shape) is { } failed)
        {
            return new CheckedResponse(null, failed, issuer, shape.ReceivedNameId);
        }

        if (CheckSignatures(shape, rules, out var response, out var assertion) is { } forged)
        {
            return new CheckedResponse(null, forged, issuer, shape.ReceivedNameId);
        }

        // From here on nothing is read but what was signed, and of an unsigned response what can only make it refused.
        var reading = new AssertionReading(response ?? shape.Response, response is not null, assertion!, rules);
        return reading.Check() is { } wrong
            ? new CheckedResponse(null, wrong, issuer, reading.NameId, reading.Attributes, IsProved: true)
            : new CheckedResponse(reading.Assertion, null, issuer, IsProved: true);
    }

    private static SamlRefusal? CheckStatus(ResponseShape shape)
    {
        if (ResponseShape.ChildOf(shape.Response, "Status") is not { } status)
        {
            return new SamlRefusal(SamlCheck.Shape, SamlReason.Shape, "The Response has no Status.");
        }

        var codes = status.SelfAndBelow().Where(element => element.Is(SamlNames.Protocol, "StatusCode")).ToList();
        if (codes.Count == 0 || codes[0].ParentNode != status)
        {
            return new SamlRefusal(SamlCheck.Shape, SamlReason.Shape, "The Status of the Response has no StatusCode.");
        }

        if (codes[0].Value("Value") != SamlNames.Success)
        {
            var words = string.Join(", ", codes.Take(2).Select(code => SamlRefusal.Quote(code.Value("Value")?.Split(':')[^1])));
            var message = status.Children().Find(child => child.Is(SamlNames.Protocol, "StatusMessage"))?.OnlyText();
            return new SamlRefusal(
                SamlCheck.Status,
                SamlReason.Status,
                $"The identity provider did not sign anybody in: {words}{(string.IsNullOrEmpty(message) ? "" : ", " + SamlRefusal.Quote(message))}. Check there that the person is assigned to the application."
            );
        }

        return shape.Assertion is null
            ? new SamlRefusal(SamlCheck.Shape, SamlReason.NoAssertion, "The Response holds no Assertion.")
            : null;
    }

    /// <summary>Every signature that is there has to hold, and at least one has to be there.</summary>
    private static SamlRefusal? CheckSignatures(
        ResponseShape shape,
        ResponseRules rules,
        out XmlElement? response,
        out XmlElement? assertion
    )
    {
        response = null;
        assertion = null;
        if (shape.SignatureOfResponse is null && shape.SignatureOfAssertion is null)
        {
            return new SamlRefusal(
                SamlCheck.Signature,
                SamlReason.NotSigned,
                "Neither the response nor the assertion is signed. Turn signing on at the identity provider."
            );
        }

        if (
            shape.SignatureOfResponse is { } outer
            && new XmlSignature(shape.Response, outer).Verify(rules.Certificates, rules.Now, rules.Skew, out response) is { } refusal
        )
        {
            return refusal;
        }

        if (
            shape.SignatureOfAssertion is { } inner
            && new XmlSignature(shape.Assertion!, inner).Verify(rules.Certificates, rules.Now, rules.Skew, out assertion) is { } other
        )
        {
            return other;
        }

        assertion ??= ResponseShape.ChildOf(response!, "Assertion");
        return null;
    }

    /// <summary>One reading of the signed bytes.</summary>
    private sealed class AssertionReading(XmlElement response, bool isResponseSigned, XmlElement assertion, ResponseRules rules)
    {
        private readonly List<DateTimeOffset> _ends = [];
        private string? _nameIdFormat;
        private string? _inResponseTo;
        private DateTimeOffset _signedInAt;

        /// <summary>What the subject is called, once it was read.</summary>
        public string? NameId { get; private set; }

        public SamlAssertion Assertion =>
            new(assertion.Value("ID")!, NameId!, _nameIdFormat, _inResponseTo, _signedInAt, _ends.Min(), Attributes);

        /// <summary>In document order.</summary>
        public IReadOnlyList<SamlValues> Attributes =>
            [
                .. assertion
                    .Children()
                    .Where(child => child.LocalName == "AttributeStatement")
                    .SelectMany(statement => statement.Children())
                    .Where(child => child.Is(SamlNames.Assertion, "Attribute") && child.Value("Name") is not null)
                    .Select(attribute => new SamlValues(
                        attribute.Value("Name")!,
                        attribute.Value("FriendlyName"),
                        [
                            .. attribute
                                .Children()
                                .Where(child => child.Is(SamlNames.Assertion, "AttributeValue"))
                                .Select(value => value.OnlyText())
                                .OfType<string>(),
                        ]
                    )),
            ];

        public SamlRefusal? Check() =>
            CheckIssuer(assertion, isRequired: true)
            ?? CheckIssuer(response, isRequired: false)
            ?? CheckSubject()
            ?? CheckConditions()
            ?? CheckDestination()
            ?? CheckIssueInstant(response)
            ?? CheckIssueInstant(assertion)
            ?? CheckStatement()
            ?? CheckInResponseTo();

        private SamlRefusal? CheckIssuer(XmlElement element, bool isRequired)
        {
            var issuer = ResponseShape.ChildOf(element, "Issuer");
            if (issuer is null && !isRequired)
            {
                return null;
            }

            return issuer?.OnlyText() == rules.Issuer && issuer.Value("Format") is null or SamlNames.EntityFormat
                ? null
                : new SamlRefusal(
                    SamlCheck.Issuer,
                    SamlReason.Issuer,
                    $"The {element.LocalName} is from {SamlRefusal.Quote(issuer?.OnlyText())}; the imported metadata is that of {SamlRefusal.Quote(rules.Issuer)}. Import the metadata of this application."
                );
        }

        private SamlRefusal? CheckSubject()
        {
            var subject = ResponseShape.ChildOf(assertion, "Subject");
            var parts = subject?.Children() ?? [];
            if (
                subject is null
                || parts.Count != 2
                || subject.HasOwnText()
                || !parts[0].Is(SamlNames.Assertion, "NameID")
                || !parts[1].Is(SamlNames.Assertion, "SubjectConfirmation")
            )
            {
                return Subject("The Assertion does not have one Subject with one NameID and one SubjectConfirmation.");
            }

            if (parts[0].OnlyText() is not { Length: > 0 and <= LongestNameId } nameId || nameId.Any(letter => char.IsControl(letter)))
            {
                return Subject($"The NameID is empty, longer than {LongestNameId} characters, or not plain text.");
            }

            (NameId, _nameIdFormat) = (nameId, parts[0].Value("Format"));
            var confirmation = parts[1];
            var data = confirmation.Children().Find(child => child.Is(SamlNames.Assertion, "SubjectConfirmationData"));
            if (confirmation.Value("Method") != SamlNames.Bearer || data is null || confirmation.Children().Count != 1)
            {
                return Subject("The Subject is not confirmed by the method bearer with its data.");
            }

            if (data.Value("Recipient") != rules.ReplyUrl)
            {
                return new SamlRefusal(
                    SamlCheck.Addressee,
                    SamlReason.Recipient,
                    $"The assertion is for the address {SamlRefusal.Quote(data.Value("Recipient"))}. Set the reply URL at the identity provider to {rules.ReplyUrl}"
                );
            }

            _inResponseTo = data.Value("InResponseTo");
            return CheckWindow(data, isEndRequired: true);
        }

        private SamlRefusal? CheckConditions()
        {
            if (ResponseShape.ChildOf(assertion, "Conditions") is not { } conditions)
            {
                return new SamlRefusal(
                    SamlCheck.Addressee,
                    SamlReason.Audience,
                    "The Assertion has no Conditions, so it is meant for nobody."
                );
            }

            if (
                conditions
                    .Children()
                    .Find(child =>
                        child.NamespaceURI != SamlNames.Assertion || !KnownConditions.Contains(child.LocalName, StringComparer.Ordinal)
                    ) is
                { } unknown
            )
            {
                return new SamlRefusal(
                    SamlCheck.Addressee,
                    SamlReason.Condition,
                    $"The Assertion has the condition {SamlRefusal.Quote(unknown.LocalName)}, which nobody here knows how to keep."
                );
            }

            var restrictions = conditions.Children().FindAll(child => child.LocalName == "AudienceRestriction");
            var audiences = restrictions.ConvertAll(restriction =>
                restriction
                    .Children()
                    .FindAll(child => child.Is(SamlNames.Assertion, "Audience"))
                    .ConvertAll(audience => audience.OnlyText())
            );
            if (audiences.Count == 0 || !audiences.TrueForAll(any => any.Contains(rules.Audience)))
            {
                return new SamlRefusal(
                    SamlCheck.Addressee,
                    SamlReason.Audience,
                    $"The assertion is for {SamlRefusal.Quote(audiences.SelectMany(any => any).FirstOrDefault())}. Set the identifier (entity ID) at the identity provider to {rules.Audience}"
                );
            }

            return CheckWindow(conditions, isEndRequired: true);
        }

        private SamlRefusal? CheckDestination()
        {
            var destination = response.Value("Destination");
            // Bindings, section 3.5.5.2: a signed message names where it goes.
            return destination == rules.ReplyUrl || (string.IsNullOrEmpty(destination) && !isResponseSigned)
                ? null
                : new SamlRefusal(
                    SamlCheck.Addressee,
                    SamlReason.Destination,
                    $"The response was sent to {SamlRefusal.Quote(destination)}. Set the reply URL at the identity provider to {rules.ReplyUrl}"
                );
        }

        private SamlRefusal? CheckIssueInstant(XmlElement element)
        {
            if (!TryReadTime(element.Value("IssueInstant"), out var at))
            {
                return Untimed($"The {element.LocalName} does not say when it was issued.");
            }

            return IsAhead(at) ? Early($"The {element.LocalName} was issued at {Show(at)}") : null;
        }

        private SamlRefusal? CheckStatement()
        {
            var statements = assertion.Children().FindAll(child => child.LocalName == "AuthnStatement");
            if (statements.Count != 1)
            {
                return new SamlRefusal(
                    SamlCheck.Shape,
                    SamlReason.Shape,
                    $"The Assertion has {statements.Count} AuthnStatements and not one, so it does not say that somebody signed in."
                );
            }

            if (!TryReadTime(statements[0].Value("AuthnInstant"), out _signedInAt))
            {
                return Untimed("The AuthnStatement does not say when the person signed in (AuthnInstant).");
            }

            if (IsAhead(_signedInAt))
            {
                return Early($"The person signed in at {Show(_signedInAt)}");
            }

            if (statements[0].Value("SessionNotOnOrAfter") is not { } end)
            {
                return null;
            }

            return !TryReadTime(end, out var ends) ? Untimed("The end of the session (SessionNotOnOrAfter) is not a time.")
                : IsOver(ends) ? Late($"The session at the identity provider ended at {Show(ends)}")
                : null;
        }

        private SamlRefusal? CheckInResponseTo()
        {
            var ofResponse = response.Value("InResponseTo");
            return ofResponse is null && _inResponseTo is null || ofResponse == _inResponseTo || (ofResponse is null && !isResponseSigned)
                ? null
                : new SamlRefusal(SamlCheck.Request, SamlReason.OtherRequest, "The Response and its Assertion answer different requests.");
        }

        private SamlRefusal? CheckWindow(XmlElement element, bool isEndRequired)
        {
            if (element.Value("NotBefore") is { } start)
            {
                if (!TryReadTime(start, out var from))
                {
                    return Untimed($"The NotBefore of {element.LocalName} is not a time.");
                }

                if (IsAhead(from))
                {
                    return Early($"The assertion is valid from {Show(from)}");
                }
            }

            if (!TryReadTime(element.Value("NotOnOrAfter"), out var until))
            {
                return isEndRequired || element.Value("NotOnOrAfter") is not null
                    ? Untimed($"The {element.LocalName} does not say until when it is valid (NotOnOrAfter).")
                    : null;
            }

            _ends.Add(until);
            return IsOver(until) ? Late($"The assertion was valid until {Show(until)}") : null;
        }

        // The skew is taken from our clock, which is never near the end of time, as the message may name any instant.
        private bool IsAhead(DateTimeOffset at) => rules.Now + rules.Skew < at;

        private bool IsOver(DateTimeOffset end) => rules.Now - rules.Skew >= end;

        private SamlRefusal Early(string what) =>
            new(
                SamlCheck.Time,
                SamlReason.TooEarly,
                $"{what}, which is ahead of our clock ({Show(rules.Now)}). Set the clocks of both sides by a time server."
            );

        private SamlRefusal Late(string what) =>
            new(
                SamlCheck.Time,
                SamlReason.Expired,
                $"{what}; here it is {Show(rules.Now)}. Sign in again, and set the clocks of both sides by a time server if it goes on."
            );

        private static SamlRefusal Untimed(string detail) => new(SamlCheck.Time, SamlReason.TimeMissing, detail);

        private static SamlRefusal Subject(string detail) => new(SamlCheck.Addressee, SamlReason.Subject, detail);

        private static string Show(DateTimeOffset at) => $"{at:yyyy-MM-dd HH:mm:ss} UTC";

        private static bool TryReadTime(string? text, out DateTimeOffset time)
        {
            time = default;
            if (text is not { Length: > 0 and <= 40 } || !text.Contains('T', StringComparison.Ordinal))
            {
                return false;
            }

            try
            {
                // Core, section 1.3.3: times are UTC, also where no zone stands.
                var read = XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.RoundtripKind);
                time = new DateTimeOffset(
                    read.Kind == DateTimeKind.Local ? read.ToUniversalTime() : DateTime.SpecifyKind(read, DateTimeKind.Utc)
                );
                return true;
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
            {
                return false;
            }
        }
    }
}
