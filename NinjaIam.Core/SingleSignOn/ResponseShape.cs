using System.Xml;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>
/// The parts of a response, each where the schema of SAML 2.0 has it and nowhere else. Holding the whole message to this before any
/// signature is looked at leaves no place to hide a second assertion in.
/// </summary>
internal sealed class ResponseShape
{
    private const int LongestIdentifier = 256;
    private static readonly string[] OfResponse = ["Issuer", "Signature", "Status", "Assertion"];
    private static readonly string[] OfAssertion = ["Issuer", "Signature", "Subject", "Conditions"];
    private static readonly string[] Statements = ["AuthnStatement", "AttributeStatement"];
    private static readonly string[] Identifiers = ["ID", "Id", "id", "AssertionID", "ResponseID"];

    private ResponseShape(XmlElement response) => Response = response;

    public XmlElement Response { get; }

    public XmlElement? Assertion { get; private set; }

    public XmlElement? SignatureOfResponse { get; private set; }

    public XmlElement? SignatureOfAssertion { get; private set; }

    /// <summary>What the message itself says of its sender, for the record.</summary>
    public string? ReceivedIssuer =>
        ChildOf(Response, "Issuer")?.OnlyText() ?? (Assertion is null ? null : ChildOf(Assertion, "Issuer")?.OnlyText());

    /// <summary>Whom the message itself names, for the record.</summary>
    public string? ReceivedNameId =>
        Assertion is not null && ChildOf(Assertion, "Subject") is { } subject ? ChildOf(subject, "NameID")?.OnlyText() : null;

    /// <summary>Reads the parts, or says what does not belong there. It vouches for places only, not for what stands in them.</summary>
    public static SamlRefusal? Read(XmlElement root, out ResponseShape shape)
    {
        shape = new ResponseShape(root);
        if (!root.Is(SamlNames.Protocol, "Response"))
        {
            return Refuse(SamlReason.NotAResponse, $"The message is {SamlRefusal.Quote(root.LocalName)} and not a SAML 2.0 Response.");
        }

        var all = root.SelfAndBelow().ToList();
        return CountParts(all) ?? CheckIdentifiers(all) ?? shape.Place(all);
    }

    /// <summary>The child of this name that the schema allows once, or null.</summary>
    public static XmlElement? ChildOf(XmlElement parent, string name) => parent.Children().Find(child => child.LocalName == name);

    private static SamlRefusal? CountParts(List<XmlElement> all)
    {
        if (all.Exists(element => element.LocalName.StartsWith("Encrypted", StringComparison.Ordinal)))
        {
            return Refuse(
                SamlReason.Encrypted,
                "The response holds something encrypted. Turn assertion encryption off at the identity provider; the connection is encrypted anyway."
            );
        }

        if (all.Count(element => element.LocalName == "Response") > 1)
        {
            return Refuse(SamlReason.SeveralResponses, "The message holds more than one Response.");
        }

        if (all.Exists(element => element.Is(SamlNames.Signature, "Object")))
        {
            return Refuse(SamlReason.SignatureObject, "A signature carries an Object. No identity provider sends that.");
        }

        return all.Count(element => element.LocalName == "Assertion") > 1
            ? Refuse(SamlReason.SeveralAssertions, "The response holds more than one Assertion.")
            : null;
    }

    private static SamlRefusal? CheckIdentifiers(List<XmlElement> all)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in all.SelectMany(element => element.Attributes.Cast<XmlAttribute>()))
        {
            // Whatever some reader could take for an identifier counts, so that a reference has one meaning only.
            if (Identifiers.Contains(attribute.LocalName, StringComparer.Ordinal) && !known.Add(attribute.Value))
            {
                return Refuse(
                    SamlReason.RepeatedIdentifier,
                    $"The identifier {SamlRefusal.Quote(attribute.Value)} stands in the response more than once."
                );
            }
        }

        return null;
    }

    private SamlRefusal? Place(List<XmlElement> all)
    {
        if (ReadParts(Response, SamlNames.Protocol, OfResponse, []) is { } refusal)
        {
            return refusal;
        }

        SignatureOfResponse = ChildOf(Response, "Signature");
        Assertion = ChildOf(Response, "Assertion");
        if (Assertion is not null)
        {
            if (ReadParts(Assertion, SamlNames.Assertion, OfAssertion, Statements) is { } inside)
            {
                return inside;
            }

            SignatureOfAssertion = ChildOf(Assertion, "Signature");
        }

        var placed = (SignatureOfResponse is null ? 0 : 1) + (SignatureOfAssertion is null ? 0 : 1);
        if (all.Count(element => element.LocalName == "Signature") != placed)
        {
            return Refuse(SamlReason.SignaturePlace, "The response holds a signature at a place where none belongs.");
        }

        foreach (var element in new[] { Response, Assertion })
        {
            if (element is not null && !IsIdentifier(element.Value("ID")))
            {
                return Refuse(SamlReason.Identifier, $"The {element.LocalName} has no usable ID.");
            }

            if (element is not null && element.Value("Version") != "2.0")
            {
                return Refuse(
                    SamlReason.Version,
                    $"The {element.LocalName} is of version {SamlRefusal.Quote(element.Value("Version"))}, not 2.0."
                );
            }
        }

        return Assertion is not null && all.Count(element => element.LocalName == "Assertion") == 1 ? null : StrayAssertion(all);
    }

    private static SamlRefusal? StrayAssertion(List<XmlElement> all) =>
        all.Exists(element => element.LocalName == "Assertion")
            ? Refuse(SamlReason.Shape, "The Assertion does not stand directly in the Response.")
            : null;

    /// <summary>The children of an element: each of the known ones at most once and in order, then the repeatable ones in any order.</summary>
    private static SamlRefusal? ReadParts(XmlElement parent, string space, string[] once, string[] repeatable)
    {
        var next = 0;
        foreach (var child in parent.Children())
        {
            var at = next > once.Length ? -1 : Array.IndexOf(once, child.LocalName, Math.Min(next, once.Length));
            if (at >= 0 && child.NamespaceURI == SpaceOf(child.LocalName, space))
            {
                next = at + 1;
            }
            else if (repeatable.Contains(child.LocalName, StringComparer.Ordinal) && child.NamespaceURI == space)
            {
                next = once.Length + 1;
            }
            else
            {
                return Refuse(
                    child.LocalName == "Signature" ? SamlReason.SignaturePlace : SamlReason.Shape,
                    $"The {parent.LocalName} holds {SamlRefusal.Quote(child.LocalName)} at a place where it does not belong."
                );
            }
        }

        return parent.HasOwnText() ? Refuse(SamlReason.Shape, $"The {parent.LocalName} holds text between its parts.") : null;
    }

    private static string SpaceOf(string name, string space) =>
        name switch
        {
            "Signature" => SamlNames.Signature,
            "Issuer" or "Assertion" => SamlNames.Assertion,
            _ => space,
        };

    private static SamlRefusal Refuse(string reason, string detail) =>
        new(reason.StartsWith("signature", StringComparison.Ordinal) ? SamlCheck.Signature : SamlCheck.Shape, reason, detail);

    /// <summary>An NCName as identity providers make them.</summary>
    private static bool IsIdentifier(string? text) =>
        text is { Length: > 0 and <= LongestIdentifier }
        && (char.IsAsciiLetter(text[0]) || text[0] == '_')
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
