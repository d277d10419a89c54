using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>
/// Turns received bytes into a tree: no document type, nothing fetched, nothing but elements, attributes and text, and no more of them than
/// a sign-in needs. What passes takes bounded work from here on.
/// </summary>
internal static class SamlXml
{
    public const int MaxBytes = 256 * 1024;
    public const int MaxDepth = 64;
    public const int MaxElements = 10_000;
    private const int MaxAttributes = 32;
    private const int MaxNamespacesInScope = 128;
    private const int LongestNamespace = 256;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryRead(
        ReadOnlySpan<byte> content,
        [NotNullWhen(true)] out XmlElement? root,
        [NotNullWhen(false)] out SamlRefusal? refusal
    )
    {
        root = null;
        if (content.Length > MaxBytes)
        {
            refusal = Refuse(
                SamlReason.TooLarge,
                $"The response has more than {MaxBytes / 1024} KB. Let the identity provider send fewer attributes or groups."
            );
            return false;
        }

        string text;
        try
        {
            text = Strict.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            refusal = Refuse(SamlReason.NotXml, "The response is not UTF-8.");
            return false;
        }

        try
        {
            refusal = FirstExcess(text);
            if (refusal is not null)
            {
                return false;
            }

            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            using var reader = Open(text);
            document.Load(reader);
            root = document.DocumentElement!;
            return true;
        }
        catch (XmlException) when (text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
        {
            refusal = Refuse(SamlReason.Dtd, "The response holds a document type definition (DOCTYPE), which is never accepted.");
        }
        catch (XmlException exception)
        {
            refusal = Refuse(
                SamlReason.NotXml,
                $"The response is not well-formed XML (line {exception.LineNumber}, position {exception.LinePosition})."
            );
        }

        return false;
    }

    /// <summary>The child elements.</summary>
    public static List<XmlElement> Children(this XmlElement element)
    {
        var children = new List<XmlElement>();
        for (var node = element.FirstChild; node is not null; node = node.NextSibling)
        {
            if (node is XmlElement child)
            {
                children.Add(child);
            }
        }

        return children;
    }

    /// <summary>The element itself and everything below it, in document order.</summary>
    public static IEnumerable<XmlElement> SelfAndBelow(this XmlElement element)
    {
        yield return element;
        foreach (var below in element.Children().SelectMany(child => child.SelfAndBelow()))
        {
            yield return below;
        }
    }

    public static bool Is(this XmlElement element, string space, string name) => element.NamespaceURI == space && element.LocalName == name;

    /// <summary>The value of an attribute without a namespace, or null when it is absent.</summary>
    public static string? Value(this XmlElement element, string attribute) => element.GetAttributeNode(attribute, "")?.Value;

    /// <summary>The text of an element that holds nothing but text, without white space around it; else null.</summary>
    public static string? OnlyText(this XmlElement element)
    {
        for (var node = element.FirstChild; node is not null; node = node.NextSibling)
        {
            if (node is XmlElement)
            {
                return null;
            }
        }

        return element.InnerText.Trim(' ', '\t', '\r', '\n');
    }

    /// <summary>Whether there is text between the child elements.</summary>
    public static bool HasOwnText(this XmlElement element)
    {
        for (var node = element.FirstChild; node is not null; node = node.NextSibling)
        {
            if (node is XmlText)
            {
                return true;
            }
        }

        return false;
    }

    private static XmlReader Open(string text) =>
        XmlReader.Create(
            new StringReader(text),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MaxBytes,
            }
        );

    private static SamlRefusal? FirstExcess(string text)
    {
        using var reader = Open(text);
        var elements = 0;
        var scopes = new Stack<int>([0]);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth >= MaxDepth)
                    {
                        return Refuse(SamlReason.TooDeep, $"The response is nested more than {MaxDepth} levels deep.");
                    }

                    var isEmpty = reader.IsEmptyElement;
                    var namespaces = scopes.Peek() + NamespacesOf(reader);
                    if (++elements > MaxElements || reader.AttributeCount > MaxAttributes || namespaces > MaxNamespacesInScope)
                    {
                        return Refuse(
                            SamlReason.TooComplex,
                            "The response has more elements, attributes or namespaces than a sign-in needs. Let the identity provider send fewer attributes or groups."
                        );
                    }

                    if (!isEmpty)
                    {
                        scopes.Push(namespaces);
                    }

                    break;
                case XmlNodeType.EndElement:
                    scopes.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.XmlDeclaration:
                    break;
                default:
                    return Refuse(
                        SamlReason.OtherContent,
                        "The response holds a comment or something else that is neither element nor text. No identity provider sends that."
                    );
            }
        }

        return null;
    }

    /// <summary>How many namespaces the element at the reader declares; a very long one counts as too many.</summary>
    private static int NamespacesOf(XmlReader reader)
    {
        var count = 0;
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == SamlNames.Namespaces)
            {
                count += reader.Value.Length > LongestNamespace ? MaxNamespacesInScope + 1 : 1;
            }
        }

        reader.MoveToElement();
        return count;
    }

    private static SamlRefusal Refuse(string reason, string detail) => new(SamlCheck.Readable, reason, detail);
}
