using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using NinjaIam.Core.SingleSignOn;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>Attacks as the product of their classes and the places where each can be tried.</summary>
internal static class HostileCorpus
{
    private const string Evil = "ada@contoso.com";
    private static readonly Signing[] Modes = Enum.GetValues<Signing>();

    public static IEnumerable<HostileCase> All() =>
        Wrapping()
            .Concat(Stowaways())
            .Concat(Identifiers())
            .Concat(References())
            .Concat(Transforms())
            .Concat(Algorithms())
            .Concat(Keys())
            .Concat(Unsigned())
            .Concat(Tampering())
            .Concat(Statements())
            .Concat(Comments())
            .Concat(DocumentTypes())
            .Concat(Encryption())
            .Concat(Errors())
            .Concat(Excess())
            .Concat(Rubbish());

    /// <summary>The eight classic signature wrappings, as SAML Raider makes them.</summary>
    private static IEnumerable<HostileCase> Wrapping() =>
        from mode in Modes
        from variant in Enumerable.Range(1, 8)
        select new HostileCase(
            $"wrapping XSW{variant}",
            mode.ToString(),
            [SamlReason.SeveralResponses, SamlReason.SeveralAssertions, SamlReason.SignatureObject, SamlReason.SignaturePlace],
            material => Wrap(material.Signed(mode), mode, variant).OuterXml
        );

    private static XmlDocument Wrap(XmlDocument document, Signing mode, int variant)
    {
        var response = document.DocumentElement!;
        var assertion = SampleIdentityProvider.AssertionOf(document);
        var signature = SampleIdentityProvider.SignatureOf(HostileMaterial.SignedElement(document, mode));
        var ofAssertion = mode == Signing.Response ? signature : SampleIdentityProvider.SignatureOf(assertion);
        var original = variant <= 2 ? (XmlElement)response.CloneNode(true) : (XmlElement)assertion.CloneNode(true);
        foreach (var inner in original.ChildNodes.OfType<XmlElement>().Where(child => child.LocalName == "Signature").ToList())
        {
            original.RemoveChild(inner);
        }

        var evil = (XmlElement)assertion.CloneNode(true);
        evil.SetAttribute("ID", "_evil");
        NameIdOf(evil).InnerText = Evil;
        switch (variant)
        {
            case 1:
                signature.AppendChild(original);
                Corrupt(response, assertion);
                break;
            case 2:
                signature.ParentNode!.InsertBefore(original, signature);
                Corrupt(response, assertion);
                break;
            case 3:
                response.InsertBefore(evil, assertion);
                break;
            case 4:
                response.ReplaceChild(evil, assertion);
                evil.AppendChild(original);
                break;
            case 5:
                assertion.SetAttribute("ID", "_evil");
                NameIdOf(assertion).InnerText = Evil;
                response.AppendChild(original);
                break;
            case 6:
                assertion.SetAttribute("ID", "_evil");
                NameIdOf(assertion).InnerText = Evil;
                ofAssertion.AppendChild(original);
                break;
            case 7:
                var extensions = document.CreateElement("samlp", "Extensions", SampleIdentityProvider.Protocol);
                extensions.AppendChild(evil);
                response.InsertBefore(extensions, assertion);
                break;
            default:
                var box = document.CreateElement("ds", "Object", SampleIdentityProvider.Dsig);
                box.AppendChild(original);
                ofAssertion.AppendChild(box);
                assertion.SetAttribute("ID", "_evil");
                NameIdOf(assertion).InnerText = Evil;
                break;
        }

        return document;
    }

    private static void Corrupt(XmlElement response, XmlElement assertion)
    {
        response.SetAttribute("ID", "_evil-response");
        assertion.SetAttribute("ID", "_evil");
        NameIdOf(assertion).InnerText = Evil;
    }

    /// <summary>A second assertion at every place where some reader might look for one.</summary>
    private static IEnumerable<HostileCase> Stowaways() =>
        from mode in Modes
        from place in new[]
        {
            "Response",
            "Status",
            "StatusCode",
            "Issuer",
            "Subject",
            "NameID",
            "SubjectConfirmationData",
            "Conditions",
            "AuthnContext",
            "AttributeValue",
            "Signature",
            "SignedInfo",
            "KeyInfo",
            "X509Data",
        }
        from first in new[] { true, false }
        select new HostileCase(
            "second assertion",
            $"{mode}, {(first ? "first" : "last")} in {place}",
            [SamlReason.SeveralAssertions],
            material =>
            {
                var document = material.Signed(mode);
                var evil = (XmlElement)SampleIdentityProvider.AssertionOf(document).CloneNode(true);
                foreach (var inner in evil.ChildNodes.OfType<XmlElement>().Where(child => child.LocalName == "Signature").ToList())
                {
                    evil.RemoveChild(inner);
                }

                evil.SetAttribute("ID", "_evil");
                NameIdOf(evil).InnerText = Evil;
                var target = ElementsOf(document).First(element => element.LocalName == place);
                target.InsertBefore(evil, first ? target.FirstChild : null);
                return document.OuterXml;
            }
        );

    private static IEnumerable<HostileCase> Identifiers() =>
        (
            from mode in Modes
            from name in new[] { "ID", "Id", "id", "xml:id" }
            from place in new[] { "Status", "Subject", "NameID", "Conditions", "AttributeValue", "KeyInfo" }
            select new HostileCase(
                "repeated identifier",
                $"{mode}, {name} on {place}",
                [SamlReason.RepeatedIdentifier],
                material =>
                {
                    var document = material.Signed(mode);
                    var id = HostileMaterial.SignedElement(document, mode).GetAttribute("ID");
                    ElementsOf(document).First(element => element.LocalName == place).SetAttribute(name, id);
                    return document.OuterXml;
                }
            )
        ).Concat(
            from mode in Modes
            from wrong in new[] { "", "1 2", "a:b", "<".Replace("<", "&lt;", StringComparison.Ordinal), new string('a', 300) }
            from ofResponse in new[] { true, false }
            select new HostileCase(
                "unusable identifier",
                $"{mode}, {(ofResponse ? "Response" : "Assertion")} {wrong[..Math.Min(wrong.Length, 6)]}",
                [SamlReason.Identifier],
                material =>
                {
                    var document = material.Signed(mode);
                    var target = ofResponse ? document.DocumentElement! : SampleIdentityProvider.AssertionOf(document);
                    target.SetAttribute("ID", wrong);
                    return document.OuterXml;
                }
            )
        );

    private static IEnumerable<HostileCase> References() =>
        from mode in Modes
        from uri in new[]
        {
            "",
            "#",
            "#other",
            "#xpointer(/)",
            "#xpointer(id('{0}'))",
            "{0}",
            "https://evil.example/a.xml",
            "##{0}",
            "#{0} ",
        }
        select new HostileCase(
            "reference",
            $"{mode}, {uri}",
            [SamlReason.SignatureReference],
            material =>
            {
                var document = material.Signed(mode);
                var element = HostileMaterial.SignedElement(document, mode);
                Part(element, "Reference").SetAttribute("URI", uri.Replace("{0}", element.GetAttribute("ID"), StringComparison.Ordinal));
                return document.OuterXml;
            }
        );

    private static IEnumerable<HostileCase> Transforms() =>
        (
            from mode in Modes
            from change in new (string Name, Action<XmlElement> Apply)[]
            {
                ("none", transforms => transforms.RemoveAll()),
                ("enveloped alone", transforms => transforms.RemoveChild(transforms.LastChild!)),
                ("exclusive alone", transforms => transforms.RemoveChild(transforms.FirstChild!)),
                ("turned around", transforms => transforms.PrependChild(transforms.LastChild!)),
                ("twice", transforms => transforms.AppendChild(transforms.LastChild!.CloneNode(true))),
                ("inclusive", transforms => SetLast(transforms, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315")),
                ("with comments", transforms => SetLast(transforms, "http://www.w3.org/2001/10/xml-exc-c14n#WithComments")),
                ("XSLT", transforms => SetLast(transforms, "http://www.w3.org/TR/1999/REC-xslt-19991116")),
                ("XPath", transforms => SetLast(transforms, "http://www.w3.org/TR/1999/REC-xpath-19991116")),
                ("base64", transforms => SetLast(transforms, "http://www.w3.org/2000/09/xmldsig#base64")),
                ("decryption", transforms => SetLast(transforms, "http://www.w3.org/2002/07/decrypt#XML")),
                ("unknown", transforms => SetLast(transforms, "urn:nothing")),
            }
            select new HostileCase(
                "transform",
                $"{mode}, {change.Name}",
                [SamlReason.SignatureTransform],
                material =>
                {
                    var document = material.Signed(mode);
                    change.Apply(Part(HostileMaterial.SignedElement(document, mode), "Transforms"));
                    return document.OuterXml;
                }
            )
        ).Concat(
            from mode in Modes
            from algorithm in new[]
            {
                "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
                "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
                "http://www.w3.org/2006/12/xml-c14n11",
                "",
            }
            select new HostileCase(
                "canonicalization",
                $"{mode}, {algorithm}",
                [SamlReason.SignatureTransform],
                material =>
                {
                    var document = material.Signed(mode);
                    Part(HostileMaterial.SignedElement(document, mode), "CanonicalizationMethod").SetAttribute("Algorithm", algorithm);
                    return document.OuterXml;
                }
            )
        );

    private static IEnumerable<HostileCase> Algorithms() =>
        (
            from mode in Modes
            from part in new[] { "SignatureMethod", "DigestMethod" }
            from algorithm in new[]
            {
                "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
                "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
                "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
                "http://www.w3.org/2000/09/xmldsig#sha1",
                "http://www.w3.org/2001/04/xmldsig-more#md5",
                "",
                "none",
            }
            select new HostileCase(
                "algorithm downgrade",
                $"{mode}, {part} {algorithm}",
                [SamlReason.SignatureAlgorithm],
                material =>
                {
                    var document = material.Signed(mode);
                    Part(HostileMaterial.SignedElement(document, mode), part).SetAttribute("Algorithm", algorithm);
                    return document.OuterXml;
                }
            )
        ).Concat(
            from mode in Modes
            select new HostileCase(
                "algorithm downgrade",
                $"{mode}, really signed by RSA and SHA-1",
                [SamlReason.SignatureAlgorithm],
                material =>
                    material
                        .Sign(
                            material.Genuine.Xml,
                            mode,
                            element =>
                                material.Provider.Sign(element, method: SignedXml.XmlDsigRSASHA1Url, digest: SignedXml.XmlDsigSHA1Url)
                        )
                        .OuterXml
            )
        );

    /// <summary>Signed by somebody else, whatever the KeyInfo says.</summary>
    private static IEnumerable<HostileCase> Keys() =>
        from mode in Modes
        from content in new (string Name, string Xml)[]
        {
            ("the real certificate", ""),
            ("nothing", "<ds:KeyInfo/>"),
            ("a name", "<ds:KeyInfo><ds:KeyName>idp.example.com</ds:KeyName></ds:KeyInfo>"),
            ("the attacker's key", "<ds:KeyInfo>{0}</ds:KeyInfo>"),
            ("an address", """<ds:KeyInfo><ds:RetrievalMethod URI="https://evil.example/key"/></ds:KeyInfo>"""),
        }
        select new HostileCase(
            "other key",
            $"{mode}, KeyInfo holds {content.Name}",
            [SamlReason.SignatureWrong],
            material =>
            {
                var document = material.Sign(
                    material.Genuine.Xml,
                    mode,
                    element =>
                    {
                        var signature = material.Provider.Sign(element, material.Attacker);
                        if (content.Xml.Length > 0)
                        {
                            var value = new RSAKeyValue(material.Attacker).GetXml().OuterXml;
                            var wrapper = SampleIdentityProvider.Load(
                                $"<x xmlns:ds=\"{SampleIdentityProvider.Dsig}\">{content.Xml.Replace("{0}", value, StringComparison.Ordinal)}</x>"
                            );
                            signature.ReplaceChild(
                                element.OwnerDocument.ImportNode(wrapper.DocumentElement!.FirstChild!, true),
                                signature.LastChild!
                            );
                        }
                    }
                );
                return document.OuterXml;
            }
        );

    private static IEnumerable<HostileCase> Unsigned()
    {
        yield return new HostileCase("unsigned", "never signed", [SamlReason.NotSigned], material => material.Genuine.Xml);
        foreach (var mode in Modes)
        {
            yield return new HostileCase(
                "unsigned",
                $"{mode}, signatures taken out",
                [SamlReason.NotSigned],
                material =>
                {
                    var document = material.Signed(mode);
                    foreach (var signature in ElementsOf(document).Where(element => element.LocalName == "Signature").ToList())
                    {
                        signature.ParentNode!.RemoveChild(signature);
                    }

                    return document.OuterXml;
                }
            );
            foreach (var place in new[] { "Status", "Subject", "NameID", "Conditions", "AttributeStatement", "AttributeValue" })
            {
                yield return new HostileCase(
                    "signature elsewhere",
                    $"{mode}, in {place}",
                    [SamlReason.SignaturePlace],
                    material =>
                    {
                        var document = material.Signed(mode);
                        var signature = SampleIdentityProvider.SignatureOf(HostileMaterial.SignedElement(document, mode));
                        ElementsOf(document).First(element => element.LocalName == place).AppendChild(signature);
                        return document.OuterXml;
                    }
                );
            }

            foreach (
                var (name, apply) in new (string, Action<XmlElement>)[]
                {
                    ("empty", signature => signature.RemoveAll()),
                    ("without value", signature => signature.RemoveChild(Part(signature, "SignatureValue"))),
                    ("value empty", signature => Part(signature, "SignatureValue").InnerText = ""),
                    ("value not base64", signature => Part(signature, "SignatureValue").InnerText = "%%%"),
                    ("digest empty", signature => Part(signature, "DigestValue").InnerText = ""),
                    ("two values", signature => signature.AppendChild(Part(signature, "SignatureValue").CloneNode(true))),
                    ("two SignedInfo", signature => signature.PrependChild(Part(signature, "SignedInfo").CloneNode(true))),
                    ("with text", signature => signature.AppendChild(signature.OwnerDocument.CreateTextNode("x"))),
                }
            )
            {
                yield return new HostileCase(
                    "signature misshapen",
                    $"{mode}, {name}",
                    [SamlReason.SignatureShape],
                    material =>
                    {
                        var document = material.Signed(mode);
                        apply(SampleIdentityProvider.SignatureOf(HostileMaterial.SignedElement(document, mode)));
                        return document.OuterXml;
                    }
                );
            }

            yield return new HostileCase(
                "signature misshapen",
                $"{mode}, two references",
                [SamlReason.SignatureReference],
                material =>
                {
                    var document = material.Signed(mode);
                    var reference = Part(HostileMaterial.SignedElement(document, mode), "Reference");
                    reference.ParentNode!.AppendChild(reference.CloneNode(true));
                    return document.OuterXml;
                }
            );
            yield return new HostileCase(
                "signature twice",
                mode.ToString(),
                [SamlReason.SignaturePlace],
                material =>
                {
                    var document = material.Signed(mode);
                    var signature = SampleIdentityProvider.SignatureOf(HostileMaterial.SignedElement(document, mode));
                    signature.ParentNode!.InsertAfter(signature.CloneNode(true), signature);
                    return document.OuterXml;
                }
            );
        }
    }

    /// <summary>Something is changed after it was signed.</summary>
    private static IEnumerable<HostileCase> Tampering() =>
        from mode in Modes
        from change in new (string Name, Action<XmlDocument> Apply)[]
        {
            ("NameID", document => NameIdOf(document.DocumentElement!).InnerText = Evil),
            (
                "NameID with a space before",
                document => NameIdOf(document.DocumentElement!).InnerText = " " + NameIdOf(document.DocumentElement!).InnerText
            ),
            ("Format", document => NameIdOf(document.DocumentElement!).SetAttribute("Format", "urn:x")),
            ("Audience", document => Part(document.DocumentElement!, "Audience").InnerText += "x"),
            ("Recipient", document => Part(document.DocumentElement!, "SubjectConfirmationData").SetAttribute("Recipient", "https://x")),
            ("end", document => Part(document.DocumentElement!, "Conditions").SetAttribute("NotOnOrAfter", "2099-01-01T00:00:00Z")),
            ("Issuer", document => Part(SampleIdentityProvider.AssertionOf(document), "Issuer").InnerText = "https://evil.example"),
            ("attribute", document => Part(document.DocumentElement!, "AttributeValue").InnerText = Evil),
            (
                "AuthnInstant",
                document => Part(document.DocumentElement!, "AuthnStatement").SetAttribute("AuthnInstant", "2026-01-01T00:00:00Z")
            ),
            ("extra attribute", document => Part(document.DocumentElement!, "Subject").SetAttribute("x", "y")),
            ("namespace of an attribute", document => Part(document.DocumentElement!, "AttributeValue").SetAttribute("a", "urn:a", "b")),
            ("white space", document => Part(document.DocumentElement!, "Subject").PrependChild(document.CreateWhitespace(" "))),
        }
        select new HostileCase(
            "changed after signing",
            $"{mode}, {change.Name}",
            [SamlReason.DigestWrong],
            material =>
            {
                var document = material.Signed(mode);
                change.Apply(document);
                return document.OuterXml;
            }
        );

    /// <summary>The real identity provider signed it, and it must not count here.</summary>
    private static IEnumerable<HostileCase> Statements() =>
        from mode in Modes
        from wrong in Wrongs
        where wrong.Modes is null || wrong.Modes.Contains(mode)
        select new HostileCase(
            wrong.Class,
            $"{mode}, {wrong.Name}",
            [wrong.Reason],
            material => material.Sign(wrong.Change(material.Genuine.Xml, material.Genuine), mode).OuterXml
        );

    private sealed record Wrong(
        string Class,
        string Name,
        string Reason,
        Func<string, SampleResponse, string> Change,
        Signing[]? Modes = null
    );

    private static readonly Signing[] OfResponse = [Signing.Response, Signing.Both];

    private static IEnumerable<Wrong> Wrongs
    {
        get
        {
            foreach (var audience in new[] { "https://other.example/saml", "", "{0}/", "{0}x", "{1}" })
            {
                yield return new(
                    "audience",
                    audience,
                    SamlReason.Audience,
                    (xml, sample) =>
                        Replace(xml, $"<saml:Audience>{sample.Audience}<", $"<saml:Audience>{Fill(audience, sample.Audience)}<")
                );
            }

            yield return new(
                "audience",
                "upper case",
                SamlReason.Audience,
                (xml, sample) => Replace(xml, $"<saml:Audience>{sample.Audience}<", $"<saml:Audience>{sample.Audience.ToUpperInvariant()}<")
            );
            yield return new(
                "audience",
                "no restriction",
                SamlReason.Audience,
                (xml, sample) =>
                    Replace(
                        xml,
                        $"<saml:AudienceRestriction><saml:Audience>{sample.Audience}</saml:Audience></saml:AudienceRestriction>",
                        ""
                    )
            );
            yield return new(
                "audience",
                "empty restriction",
                SamlReason.Audience,
                (xml, sample) => Replace(xml, $"<saml:Audience>{sample.Audience}</saml:Audience>", "")
            );
            yield return new(
                "audience",
                "a second restriction to others",
                SamlReason.Audience,
                (xml, _) =>
                    Replace(
                        xml,
                        "</saml:Conditions>",
                        "<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
                    )
            );
            yield return new(
                "audience",
                "no conditions",
                SamlReason.Audience,
                (xml, _) => Cut(xml, "<saml:Conditions", "</saml:Conditions>")
            );
            yield return new(
                "condition",
                "unknown",
                SamlReason.Condition,
                (xml, _) => Replace(xml, "</saml:Conditions>", "<saml:Condition/></saml:Conditions>")
            );
            yield return new(
                "condition",
                "of another namespace",
                SamlReason.Condition,
                (xml, _) => Replace(xml, "</saml:Conditions>", "<x:OneTimeUse xmlns:x=\"urn:x\"/></saml:Conditions>")
            );

            // The last two: right but for the host, which is none of ours, or one of ours where the response did not come.
            foreach (
                var recipient in new[]
                {
                    "https://evil.example/saml",
                    "",
                    "{0}/",
                    "{0}?x=1",
                    "https://unlisted.example{2}",
                    SamlHost.Branded + "{2}",
                }
            )
            {
                yield return new(
                    "recipient",
                    recipient,
                    SamlReason.Recipient,
                    (xml, sample) => Replace(xml, $"Recipient=\"{sample.ReplyUrl}\"", $"Recipient=\"{Fill(recipient, sample.ReplyUrl)}\"")
                );
                yield return new(
                    "destination",
                    recipient,
                    SamlReason.Destination,
                    (xml, sample) =>
                        Replace(xml, $"Destination=\"{sample.ReplyUrl}\"", $"Destination=\"{Fill(recipient, sample.ReplyUrl)}\""),
                    recipient.Length == 0 ? OfResponse : null
                );
            }

            yield return new(
                "recipient",
                "upper case",
                SamlReason.Recipient,
                (xml, sample) => Replace(xml, $"Recipient=\"{sample.ReplyUrl}\"", $"Recipient=\"{sample.ReplyUrl.ToUpperInvariant()}\"")
            );
            yield return new(
                "recipient",
                "none",
                SamlReason.Recipient,
                (xml, sample) => Replace(xml, $" Recipient=\"{sample.ReplyUrl}\"", "")
            );
            yield return new(
                "destination",
                "none",
                SamlReason.Destination,
                (xml, sample) => Replace(xml, $" Destination=\"{sample.ReplyUrl}\"", ""),
                OfResponse
            );

            foreach (var issuer in new[] { "https://evil.example", "", "{0}/", "{0}x" })
            {
                yield return new(
                    "issuer",
                    issuer,
                    SamlReason.Issuer,
                    (xml, sample) =>
                        xml.Replace(
                            $"<saml:Issuer>{sample.Issuer}<",
                            $"<saml:Issuer>{Fill(issuer, sample.Issuer)}<",
                            StringComparison.Ordinal
                        )
                );
            }

            yield return new(
                "issuer",
                "of the assertion alone",
                SamlReason.Issuer,
                (xml, sample) => ReplaceLast(xml, $"<saml:Issuer>{sample.Issuer}<", "<saml:Issuer>https://evil.example<")
            );
            yield return new(
                "issuer",
                "of the response alone",
                SamlReason.Issuer,
                (xml, sample) => Replace(xml, $"<saml:Issuer>{sample.Issuer}<", "<saml:Issuer>https://evil.example<")
            );
            yield return new(
                "issuer",
                "of another format",
                SamlReason.Issuer,
                (xml, sample) =>
                    xml.Replace(
                        $"<saml:Issuer>{sample.Issuer}<",
                        $"<saml:Issuer Format=\"urn:x\">{sample.Issuer}<",
                        StringComparison.Ordinal
                    )
            );

            foreach (
                var (name, time, reason) in new[]
                {
                    ("past", "2020-01-01T00:00:00Z", SamlReason.Expired),
                    ("no time", "soon", SamlReason.TimeMissing),
                    ("empty", "", SamlReason.TimeMissing),
                    ("a day only", "2099-01-01", SamlReason.TimeMissing),
                    ("no such day", "2099-13-45T00:00:00Z", SamlReason.TimeMissing),
                    ("very long", new string('9', 100), SamlReason.TimeMissing),
                }
            )
            {
                yield return new(
                    "end of the confirmation",
                    name,
                    reason,
                    (xml, _) => Set(xml, "<saml:SubjectConfirmationData", "NotOnOrAfter", time)
                );
                yield return new("end of the conditions", name, reason, (xml, _) => Set(xml, "<saml:Conditions", "NotOnOrAfter", time));
            }

            yield return new(
                "end of the confirmation",
                "none",
                SamlReason.TimeMissing,
                (xml, _) => Set(xml, "<saml:SubjectConfirmationData", "NotOnOrAfter", null)
            );
            yield return new(
                "end of the conditions",
                "none",
                SamlReason.TimeMissing,
                (xml, _) => Set(xml, "<saml:Conditions", "NotOnOrAfter", null)
            );
            foreach (
                var (name, time, reason) in new[]
                {
                    ("ahead", "2099-01-01T00:00:00Z", SamlReason.TooEarly),
                    ("end of time", "9999-12-31T23:59:59Z", SamlReason.TooEarly),
                    ("no time", "x", SamlReason.TimeMissing),
                }
            )
            {
                yield return new("start of the conditions", name, reason, (xml, _) => Set(xml, "<saml:Conditions", "NotBefore", time));
                yield return new("issue of the assertion", name, reason, (xml, _) => Set(xml, "<saml:Assertion", "IssueInstant", time));
                yield return new(
                    "issue of the response",
                    name,
                    reason,
                    (xml, _) => Set(xml, "<samlp:Response", "IssueInstant", time),
                    OfResponse
                );
                yield return new("sign-in instant", name, reason, (xml, _) => Set(xml, "<saml:AuthnStatement", "AuthnInstant", time));
            }

            yield return new(
                "sign-in instant",
                "none",
                SamlReason.TimeMissing,
                (xml, _) => Set(xml, "<saml:AuthnStatement", "AuthnInstant", null)
            );
            yield return new(
                "end of the session",
                "past",
                SamlReason.Expired,
                (xml, _) => Replace(xml, "<saml:AuthnStatement ", "<saml:AuthnStatement SessionNotOnOrAfter=\"2020-01-01T00:00:00Z\" ")
            );
            yield return new("statement", "none", SamlReason.Shape, (xml, _) => Cut(xml, "<saml:AuthnStatement", "</saml:AuthnStatement>"));
            yield return new(
                "statement",
                "two",
                SamlReason.Shape,
                (xml, _) =>
                    Replace(
                        xml,
                        "</saml:AuthnStatement>",
                        "</saml:AuthnStatement><saml:AuthnStatement AuthnInstant=\"2026-01-01T00:00:00Z\"/>"
                    )
            );

            yield return new("subject", "no NameID", SamlReason.Subject, (xml, _) => Cut(xml, "<saml:NameID", "</saml:NameID>"));
            yield return new(
                "subject",
                "two NameIDs",
                SamlReason.Subject,
                (xml, _) => Replace(xml, "</saml:NameID>", "</saml:NameID><saml:NameID>ada@contoso.com</saml:NameID>")
            );
            yield return new(
                "subject",
                "empty NameID",
                SamlReason.Subject,
                (xml, sample) => Replace(xml, $">{sample.NameId}</saml:NameID>", "></saml:NameID>")
            );
            yield return new(
                "subject",
                "element in NameID",
                SamlReason.Subject,
                (xml, sample) => Replace(xml, $">{sample.NameId}</saml:NameID>", $">ada@contoso.com<x/>{sample.NameId}</saml:NameID>")
            );
            yield return new(
                "subject",
                "control character in NameID",
                SamlReason.Subject,
                (xml, sample) => Replace(xml, $">{sample.NameId}</saml:NameID>", $">{sample.NameId}&#10;x</saml:NameID>")
            );
            yield return new("subject", "none", SamlReason.Subject, (xml, _) => Cut(xml, "<saml:Subject>", "</saml:Subject>"));
            yield return new(
                "subject",
                "no confirmation",
                SamlReason.Subject,
                (xml, _) => Cut(xml, "<saml:SubjectConfirmation ", "</saml:SubjectConfirmation>")
            );
            foreach (var method in new[] { "holder-of-key", "sender-vouches", "" })
            {
                yield return new("subject", "method " + method, SamlReason.Subject, (xml, _) => Replace(xml, "cm:bearer", "cm:" + method));
            }

            foreach (var version in new[] { "1.1", "2.1", "" })
            {
                yield return new("version", version, SamlReason.Version, (xml, _) => Set(xml, "<saml:Assertion", "Version", version));
                yield return new(
                    "version",
                    version + " of the response",
                    SamlReason.Version,
                    (xml, _) => Set(xml, "<samlp:Response", "Version", version)
                );
            }

            yield return new(
                "request",
                "of the response alone",
                SamlReason.OtherRequest,
                (xml, sample) => Set(xml, "<samlp:Response", "InResponseTo", "_other")
            );
            yield return new(
                "request",
                "of the assertion alone",
                SamlReason.OtherRequest,
                (xml, sample) => Set(xml, "<saml:SubjectConfirmationData", "InResponseTo", "_other")
            );
            yield return new(
                "request",
                "unknown",
                SamlReason.OtherRequest,
                (xml, sample) => xml.Replace(sample.InResponseTo!, "_other", StringComparison.Ordinal)
            );
            yield return new(
                "request",
                "none",
                SamlReason.NotSolicited,
                (xml, sample) => xml.Replace($" InResponseTo=\"{sample.InResponseTo}\"", "", StringComparison.Ordinal)
            );
            yield return new(
                "request",
                "none in the assertion",
                SamlReason.OtherRequest,
                (xml, sample) => Set(xml, "<saml:SubjectConfirmationData", "InResponseTo", null)
            );
            yield return new(
                "person",
                "unknown",
                SamlReason.UnknownPerson,
                (xml, sample) => Replace(xml, $">{sample.NameId}</saml:NameID>", ">nobody@contoso.com</saml:NameID>")
            );
            yield return new(
                "person",
                "of another provider",
                SamlReason.OtherProvider,
                (xml, sample) => Replace(xml, $">{sample.NameId}</saml:NameID>", ">ada@example.com</saml:NameID>")
            );
            foreach (var child in new[] { "<samlp:Extensions/>", "<x/>", "<saml:Advice/>" })
            {
                yield return new(
                    "unexpected part",
                    child + " in the response",
                    SamlReason.Shape,
                    (xml, _) => Replace(xml, "<samlp:Status>", child + "<samlp:Status>")
                );
                yield return new(
                    "unexpected part",
                    child + " in the assertion",
                    SamlReason.Shape,
                    (xml, _) => Replace(xml, "<saml:Subject>", child + "<saml:Subject>")
                );
            }

            yield return new("unexpected part", "text", SamlReason.Shape, (xml, _) => Replace(xml, "<samlp:Status>", "text<samlp:Status>"));
        }
    }

    private static IEnumerable<HostileCase> Comments() =>
        from mode in Modes
        from content in new[] { "<!---->", "<!-- x -->", "<?x y?>", "<![CDATA[x]]>", "<![CDATA[]]>" }
        from afterSigning in new[] { true, false }
        from place in new[] { "in the middle of NameID", "at its end", "in Audience", "in Issuer", "between elements" }
        select new HostileCase(
            "comment",
            $"{mode}, {content} {place}, {(afterSigning ? "added" : "signed")}",
            [SamlReason.OtherContent],
            material =>
            {
                string Put(string xml) =>
                    place switch
                    {
                        "in the middle of NameID" => Replace(
                            xml,
                            material.Genuine.NameId + "</saml:NameID>",
                            $"eve@con{content}toso.com</saml:NameID>"
                        ),
                        "at its end" => Replace(xml, "</saml:NameID>", content + "</saml:NameID>"),
                        "in Audience" => Replace(xml, "</saml:Audience>", content + "</saml:Audience>"),
                        "in Issuer" => Replace(xml, "</saml:Issuer>", content + "</saml:Issuer>"),
                        _ => Replace(xml, "<saml:Conditions", content + "<saml:Conditions"),
                    };

                return afterSigning ? Put(material.Signed(mode).OuterXml) : material.Sign(Put(material.Genuine.Xml), mode).OuterXml;
            }
        );

    private static IEnumerable<HostileCase> DocumentTypes() =>
        from mode in Modes
        from type in new[]
        {
            "<!DOCTYPE x>",
            "<!DOCTYPE x SYSTEM \"https://evil.example/x.dtd\">",
            "<!DOCTYPE x [<!ENTITY a \"ada@contoso.com\">]>",
            "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE x [<!ENTITY % a SYSTEM \"https://evil.example/x\"> %a;]>",
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>",
            "<!DOCTYPE x [<!ATTLIST saml:Assertion x ID #IMPLIED>]>",
        }
        from used in new[] { true, false }
        select new HostileCase(
            "document type",
            $"{mode}, {type}{(used ? ", used" : "")}",
            [SamlReason.Dtd],
            material =>
            {
                var xml = material.Signed(mode).OuterXml;
                return type + (used ? Replace(xml, "</saml:NameID>", "&a;</saml:NameID>") : xml);
            }
        );

    private static IEnumerable<HostileCase> Encryption() =>
        from mode in Modes
        from change in new (string Name, Func<string, string> Apply)[]
        {
            ("assertion", xml => Replace(xml, "<samlp:Status>", "<saml:EncryptedAssertion/><samlp:Status>")),
            ("NameID", xml => Replace(xml, "<saml:NameID", "<saml:EncryptedID/><saml:NameID")),
            ("attribute", xml => Replace(xml, "</saml:AttributeStatement>", "<saml:EncryptedAttribute/></saml:AttributeStatement>")),
            (
                "key",
                xml =>
                    Replace(
                        xml,
                        "</saml:AttributeValue>",
                        "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/></saml:AttributeValue>"
                    )
            ),
            (
                "data",
                xml =>
                    Replace(
                        xml,
                        "</saml:AttributeValue>",
                        "<xenc:EncryptedData xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/></saml:AttributeValue>"
                    )
            ),
        }
        select new HostileCase(
            "encrypted",
            $"{mode}, {change.Name}",
            [SamlReason.Encrypted],
            material => material.Sign(change.Apply(material.Genuine.Xml), mode).OuterXml
        );

    /// <summary>A signed response that says no, and carries an assertion all the same.</summary>
    private static IEnumerable<HostileCase> Errors() =>
        (
            from mode in Modes
            from code in new[] { "Responder", "Requester", "AuthnFailed", "success", "" }
            select new HostileCase(
                "error status",
                $"{mode}, {code}",
                [SamlReason.Status],
                material => material.Sign(Replace(material.Genuine.Xml, "status:Success", "status:" + code), mode).OuterXml
            )
        ).Concat(
            from place in new[] { "Signature", "KeyInfo", "SignedInfo" }
            from wrapped in new[] { true, false }
            select new HostileCase(
                "error with a forged assertion",
                $"in ds:Object in {place}{(wrapped ? ", deeper" : "")}",
                [SamlReason.SignatureObject],
                material =>
                {
                    var error = Cut(
                        Replace(material.Genuine.Xml, "status:Success", "status:Responder"),
                        "<saml:Assertion ",
                        "</saml:Assertion>"
                    );
                    var document = SampleIdentityProvider.Load(error);
                    material.Provider.Sign(document.DocumentElement!);
                    var box = document.CreateElement("ds", "Object", SampleIdentityProvider.Dsig);
                    box.InnerXml = wrapped ? $"<x>{material.Genuine.AssertionXml}</x>" : material.Genuine.AssertionXml;
                    ElementsOf(document).First(element => element.LocalName == place).AppendChild(box);
                    return document.OuterXml;
                }
            )
        );

    private static IEnumerable<HostileCase> Excess()
    {
        foreach (var mode in Modes)
        {
            foreach (
                var (name, reason, value) in new[]
                {
                    ("257 KB", SamlReason.TooLarge, new string('x', 257 * 1024)),
                    (
                        "65 levels",
                        SamlReason.TooDeep,
                        string.Concat(Enumerable.Repeat("<x>", 65)) + string.Concat(Enumerable.Repeat("</x>", 65))
                    ),
                    (
                        "10,000 levels",
                        SamlReason.TooDeep,
                        string.Concat(Enumerable.Repeat("<x>", 10_000)) + string.Concat(Enumerable.Repeat("</x>", 10_000))
                    ),
                    ("10,001 elements", SamlReason.TooComplex, string.Concat(Enumerable.Repeat("<x/>", 10_001))),
                    (
                        "1,000 attributes",
                        SamlReason.TooComplex,
                        $"<x {string.Join(' ', Enumerable.Range(0, 1_000).Select(number => $"a{number}=\"\""))}/>"
                    ),
                    (
                        "1,000 namespaces",
                        SamlReason.TooComplex,
                        $"<x {string.Join(' ', Enumerable.Range(0, 1_000).Select(number => $"xmlns:a{number}=\"urn:{number}\""))}/>"
                    ),
                    ("a long namespace", SamlReason.TooComplex, $"<x xmlns:a=\"urn:{new string('x', 1_000)}\"/>"),
                }
            )
            {
                yield return new HostileCase(
                    "excess",
                    $"{mode}, {name}",
                    [reason],
                    // Put in after signing: a probe that comes first must refuse it before any signature is looked at.
                    material => Replace(material.Signed(mode).OuterXml, "</saml:AttributeValue>", value + "</saml:AttributeValue>")
                );
            }
        }
    }

    private static IEnumerable<HostileCase> Rubbish()
    {
        foreach (
            var (name, text, reason) in new[]
            {
                ("text", "hello", SamlReason.NotXml),
                ("a web page", "<html><body>Sign in</body></html>", SamlReason.NotAResponse),
                ("JSON", "{\"sub\":\"eve\"}", SamlReason.NotXml),
                ("an open element", "<samlp:Response", SamlReason.NotXml),
                ("two roots", "<a/><b/>", SamlReason.NotXml),
                ("a request", "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>", SamlReason.NotAResponse),
                ("a sign-out", "<samlp:LogoutResponse xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>", SamlReason.NotAResponse),
                ("SAML 1.1", "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:1.0:protocol\"/>", SamlReason.NotAResponse),
                (
                    "an empty response",
                    "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_a\" Version=\"2.0\"/>",
                    SamlReason.Shape
                ),
                ("unknown prefix", "<samlp:Response/>", SamlReason.NotXml),
                ("zero characters", "<a>\0</a>", SamlReason.NotXml),
            }
        )
        {
            yield return new HostileCase("rubbish", name, [reason], _ => text);
        }

        yield return new HostileCase(
            "rubbish",
            "a bare assertion",
            [SamlReason.NotAResponse],
            material =>
            {
                var document = SampleIdentityProvider.Load(material.Genuine.AssertionXml);
                material.Provider.Sign(document.DocumentElement!);
                return document.OuterXml;
            }
        );
        yield return new HostileCase(
            "rubbish",
            "success without an assertion",
            [SamlReason.NoAssertion],
            material =>
            {
                var document = SampleIdentityProvider.Load(Cut(material.Genuine.Xml, "<saml:Assertion ", "</saml:Assertion>"));
                material.Provider.Sign(document.DocumentElement!);
                return document.OuterXml;
            }
        );
    }

    private static XmlElement NameIdOf(XmlElement element) => Part(element, "NameID");

    private static XmlElement Part(XmlElement element, string name) =>
        element.GetElementsByTagName("*").OfType<XmlElement>().First(child => child.LocalName == name);

    private static IEnumerable<XmlElement> ElementsOf(XmlDocument document) => document.GetElementsByTagName("*").OfType<XmlElement>();

    private static void SetLast(XmlElement transforms, string algorithm) =>
        ((XmlElement)transforms.LastChild!).SetAttribute("Algorithm", algorithm);

    private static string Fill(string template, string value) =>
        template
            .Replace("{0}", value, StringComparison.Ordinal)
            .Replace("{1}", value.Replace("http", "HTTP", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{2}", Uri.TryCreate(value, UriKind.Absolute, out var url) ? url.AbsolutePath : "", StringComparison.Ordinal);

    /// <summary>The first occurrence; a case that changes nothing is a mistake.</summary>
    private static string Replace(string xml, string old, string now)
    {
        var at = xml.IndexOf(old, StringComparison.Ordinal);
        return at < 0
            ? throw new InvalidOperationException($"Nothing to replace: {old}")
            : string.Concat(xml.AsSpan(0, at), now, xml.AsSpan(at + old.Length));
    }

    private static string ReplaceLast(string xml, string old, string now)
    {
        var at = xml.LastIndexOf(old, StringComparison.Ordinal);
        return string.Concat(xml.AsSpan(0, at), now, xml.AsSpan(at + old.Length));
    }

    private static string Cut(string xml, string from, string to)
    {
        var start = xml.IndexOf(from, StringComparison.Ordinal);
        var end = xml.IndexOf(to, start, StringComparison.Ordinal) + to.Length;
        return xml.Remove(start, end - start);
    }

    /// <summary>Sets an attribute of an element, or takes it away.</summary>
    private static string Set(string xml, string element, string attribute, string? value)
    {
        var start = xml.IndexOf(element, StringComparison.Ordinal);
        var end = xml.IndexOf('>', start);
        var tag = new StringBuilder(xml[start..end]);
        var at = tag.ToString().IndexOf($" {attribute}=\"", StringComparison.Ordinal);
        if (at >= 0)
        {
            var close = tag.ToString().IndexOf('"', at + attribute.Length + 3);
            tag.Remove(at, close + 1 - at);
        }

        if (value is not null)
        {
            tag.Insert(element.Length, $" {attribute}=\"{value}\"");
        }

        return string.Concat(xml.AsSpan(0, start), tag.ToString(), xml.AsSpan(end));
    }
}
