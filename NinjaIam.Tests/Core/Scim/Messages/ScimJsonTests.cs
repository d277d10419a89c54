using System.Text;
using NinjaIam.Core.Scim.Messages;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Messages;

public sealed class ScimJsonTests
{
    [Theory]
    [InlineData("", "no body")]
    [InlineData("  ", "no body")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("\"a\"", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{\"a\":1,}", "not valid JSON")]
    [InlineData("{\"a\":1}{}", "not valid JSON")]
    [InlineData("{\"a\":1}\n\n x", "line 3")]
    [InlineData("{\"a\":1,\"a\":2}", "\"a\" stands more than once")]
    [InlineData("{\"active\":true,\"x\":{},\"Active\":false}", "\"Active\" stands more than once")]
    [InlineData("{\"x\":{\"b\":1,\"B\":1}}", "\"B\" stands more than once")]
    [InlineData("{\"a\":\"\\ud800\"}", "not valid Unicode")]
    [InlineData("{\"\\udc00\":1}", "not valid Unicode")]
    [InlineData("{\"a\":\"\\u0000\"}", "NUL")]
    [InlineData("{\"a\":\"\\uFFFE\"}", "U+FFFE")]
    [InlineData("{\"\uFFFE\":1}", "U+FFFE")]
    [InlineData("{\"a\":1e999}", "out of range")]
    public void An_ambiguous_or_broken_body_is_refused_with_the_place(string body, string reason)
    {
        var error = Json.Failed(ScimJson.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.Equal((400, ScimErrorType.InvalidSyntax), (error.Status, error.Type));
        Assert.Contains(reason, error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.Equal(
            ScimErrorType.InvalidSyntax,
            Json.Failed(ScimJson.Parse([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}'])).Type
        );

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(100_000, false)]
    public void Nesting_is_limited(int depth, bool accepted)
    {
        var objects = new StringBuilder().Insert(0, "{\"a\":", depth - 1).Append("{}").Append('}', depth - 1).ToString();
        var arrays = $"{{\"a\":{new string('[', depth - 1)}{new string(']', depth - 1)}}}";
        var mixed = $"{{\"a\":{new string('[', depth - 2)}{{}}{new string(']', depth - 2)}}}";

        foreach (var body in (string[])[objects, arrays, mixed])
        {
            var outcome = ScimJson.Parse(Encoding.UTF8.GetBytes(body));

            Assert.Equal(accepted, outcome.TryGet(out _, out var error));
            Assert.Equal(accepted, error is null);
            Assert.Contains(accepted ? "" : "32 levels", error?.Detail ?? "", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"a\":", '}')]
    [InlineData("[", ']')]
    public void What_is_broken_at_the_deepest_level_is_not_called_too_deep(string open, char close)
    {
        var body = new StringBuilder("{\"a\":").Insert(5, open, 31).Append('x').Append(close, 31).Append('}').ToString();

        var error = Json.Failed(ScimJson.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.Contains("not valid JSON", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_are_found_in_any_letter_case()
    {
        var body = Json.Object("{\"Operations\":[{\"OP\":\"Add\"}]}");

        Assert.Equal("Add", body["operations"]![0]!["op"]!.GetValue<string>());
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() => Json.Done(ScimJson.Parse([0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']));
}
