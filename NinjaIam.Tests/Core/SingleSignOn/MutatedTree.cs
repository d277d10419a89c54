using System.Text;
using System.Xml;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>Changes the tree of a response at random, so that what comes out is XML still: what a signature has to catch.</summary>
internal static class MutatedTree
{
    private const string Foreign = "urn:example:foreign";

    /// <param name="other">Where elements of another response come from.</param>
    public static byte[] Make(byte[] original, byte[] other, Random random)
    {
        var document = SampleIdentityProvider.Load(Encoding.UTF8.GetString(original));
        var source = SampleIdentityProvider.Load(Encoding.UTF8.GetString(other));
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            Change(document, source, random);
        }

        return Encoding.UTF8.GetBytes(document.OuterXml);
    }

    private static void Change(XmlDocument document, XmlDocument source, Random random)
    {
        var elements = ElementsOf(document);
        var element = Pick(elements, random);
        switch (random.Next(12))
        {
            case 0 when element.ParentNode is XmlElement parent:
                parent.RemoveChild(element);
                break;
            case 1:
                Insert(Pick(elements, random), element.CloneNode(deep: true), random);
                break;
            case 2 when element.ParentNode is XmlElement && Pick(elements, random) is var target && !IsIn(target, element):
                Insert(target, element.ParentNode.RemoveChild(element)!, random);
                break;
            case 3:
                Insert(element, document.ImportNode(Pick(ElementsOf(source), random), deep: true), random);
                break;
            case 4 when element.Attributes.Count > 0:
                var attribute = element.Attributes[random.Next(element.Attributes.Count)]!;
                attribute.Value = Changed(attribute.Value, random);
                break;
            case 5 when element.Attributes.Count > 0:
                element.RemoveAttributeNode(element.Attributes[random.Next(element.Attributes.Count)]!);
                break;
            case 6:
                element.SetAttribute(random.Next(2) == 0 ? "ID" : "Id", Pick(elements, random).GetAttribute("ID"));
                break;
            case 7:
                element.InnerText = Changed(element.InnerText, random);
                break;
            case 8 when element.ParentNode is XmlElement around:
                // The same content under a name of another kind, or one level deeper.
                var wrapper = document.CreateElement(
                    element.Prefix,
                    element.LocalName,
                    random.Next(2) == 0 ? Foreign : element.NamespaceURI
                );
                around.ReplaceChild(wrapper, element);
                wrapper.AppendChild(element);
                break;
            case 9:
                Insert(element, document.CreateComment("x"), random);
                break;
            case 10:
                Insert(element, document.CreateProcessingInstruction("x", "y"), random);
                break;
            default:
                Insert(element, document.CreateTextNode(random.Next(2) == 0 ? " " : "x"), random);
                break;
        }
    }

    private static List<XmlElement> ElementsOf(XmlDocument document) => [.. document.SelectNodes("//*")!.Cast<XmlElement>()];

    private static XmlElement Pick(List<XmlElement> elements, Random random) => elements[random.Next(elements.Count)];

    private static bool IsIn(XmlNode node, XmlElement element)
    {
        for (var at = (XmlNode?)node; at is not null; at = at.ParentNode)
        {
            if (ReferenceEquals(at, element))
            {
                return true;
            }
        }

        return false;
    }

    private static void Insert(XmlElement into, XmlNode node, Random random)
    {
        var before = into.ChildNodes[random.Next(into.ChildNodes.Count + 1)];
        into.InsertBefore(node, before);
    }

    private static string Changed(string text, Random random)
    {
        if (text.Length == 0)
        {
            return "x";
        }

        var at = random.Next(text.Length);
        return random.Next(3) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, "x"),
            _ => string.Concat(text.AsSpan(0, at), ((char)random.Next(33, 127)).ToString(), text.AsSpan(at + 1)),
        };
    }
}
