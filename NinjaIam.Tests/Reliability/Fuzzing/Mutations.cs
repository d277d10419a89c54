using System.Text;

namespace NinjaIam.Tests.Reliability.Fuzzing;

/// <summary>Changes valid text into what somebody might send who errs or means harm.</summary>
internal sealed class Mutations(Random random)
{
    private const int Longest = 64 * 1024;

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"",
            "\\",
            "\\\"",
            "'",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            ":",
            ",",
            ".",
            " ",
            "\t",
            "\r\n",
            "&",
            "?",
            "/",
            "#",
            "%00",
            "%",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            " and ",
            " or ",
            "not (",
            " pr",
            " eq ",
            "9223372036854775808",
            "-0",
            "1e400",
            "1e-400",
            "79228162514264337593543950336",
            "\\ud800",
            "\\udc00\\ud800",
            "\\u0000",
            "\\ufffe",
            "\u0001",
            "\u0000",
            "\u007f",
            "\u0085",
            "\u200b",
            "\u202e",
            "\u2028",
            "\ufeff",
            "\ufffe",
            "\uffff",
            "\ufffd",
            "İ",
            "ß",
            "ﬁ",
            "\u212a",
            "e\u0301\u0301\u0301",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
            "\U000e0001",
            "urn:ietf:params:scim:schemas:",
            "$ref",
            "id",
            "schemas",
            "__proto__",
        }.Select(text => Encoding.UTF8.GetBytes(text)),
        [0xED, 0xA0, 0x80],
        [0xC0, 0x80],
        [0xFF],
        [0xF4, 0x90, 0x80, 0x80],
    ];

    private static readonly string[] Openings = ["[", "(", "{\"a\":", "{\"value\":", "not (", "emails[", "\"", "\\", "[[{\"name\":", "a."];

    /// <summary>The text after one to four changes, which may be no text any more.</summary>
    public byte[] Of(string valid)
    {
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(valid));
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            Change(bytes);
        }

        return [.. bytes.Take(Longest)];
    }

    /// <summary>As <see cref="Of"/>, as a text, sometimes with half a surrogate pair in it.</summary>
    public string TextOf(string valid)
    {
        var text = Encoding.UTF8.GetString(Of(valid));
        return random.Next(20) == 0 ? text.Insert(random.Next(text.Length + 1), random.Next(2) == 0 ? "\ud83d" : "\ude00") : text;
    }

    private void Change(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 24), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                Repeat(bytes, at, [.. bytes.GetRange(at, length)]);
                break;
            case 6:
                Repeat(bytes, at, Encoding.UTF8.GetBytes(Openings[random.Next(Openings.Length)]));
                break;
            case 7 when length > 0:
                var moved = bytes.GetRange(at, length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(random.Next(bytes.Count + 1), moved);
                break;
            case 8 when bytes.FindIndex(at, value => value is >= (byte)'0' and <= (byte)'9') is >= 0 and var digit:
                bytes.InsertRange(digit, Enumerable.Repeat((byte)'9', random.Next(1, 60)));
                break;
            default:
                bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                break;
        }
    }

    private void Repeat(List<byte> bytes, int at, byte[] piece)
    {
        var times = random.Next(8) == 0 ? random.Next(2_000) : random.Next(2, 40);
        bytes.InsertRange(at, Enumerable.Repeat(piece, times).SelectMany(same => same).Take(Longest));
    }
}
