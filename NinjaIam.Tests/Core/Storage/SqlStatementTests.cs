using Microsoft.Data.Sqlite;
using NinjaIam.Core.Storage;
using Xunit;

namespace NinjaIam.Tests.Core.Storage;

public sealed class SqlStatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SqlStatementTests() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("Ada \U0001F600 Lind")]
    [InlineData("\0")]
    public void A_text_is_read_as_it_was_given(string text)
    {
        Assert.Equal(("text", text), Round(text));
    }

    [Fact]
    public void A_long_text_is_read_as_it_was_given()
    {
        var text = new string('é', 5_000);

        Assert.Equal(("text", text), Round(text));
    }

    [Fact]
    public void Bytes_are_read_as_they_were_given_even_none()
    {
        foreach (
            var bytes in (byte[][])
                [
                    [0, 1],
                    [],
                ]
        )
        {
            var (type, read) = Round(bytes);

            Assert.Equal("blob", type);
            Assert.Equal(bytes, read);
        }
    }

    [Fact]
    public void What_cannot_be_stored_leaves_the_statement_free_to_be_used_again()
    {
        using var statements = new PreparedStatements(_connection);

        Assert.Throws<ArgumentException>(() => statements.Get("SELECT $value", ("$value", new object())));

        using var first = statements.Get("SELECT $value", ("$value", 1L));
        Assert.Equal(1L, first.ExecuteScalar());
        Assert.Same(first, Again(statements, first));
    }

    [Fact]
    public void A_statement_in_use_is_not_disturbed_by_another_of_the_same_text()
    {
        using var statements = new PreparedStatements(_connection);
        using var outer = statements.Get("SELECT value FROM json_each($list)", ("$list", "[1,2]"));
        using var rows = outer.ExecuteReader();
        Assert.True(rows.Read());

        using (var inner = statements.Get("SELECT value FROM json_each($list)", ("$list", "[7]")))
        {
            Assert.Equal(7L, inner.ExecuteScalar());
        }

        Assert.True(rows.Read());
        Assert.Equal(2L, rows.GetInt64(0));
    }

    [Fact]
    public void Two_statements_in_one_text_and_a_parameter_left_out_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _connection.Statement("SELECT 1; SELECT 2"));
        Assert.Throws<InvalidOperationException>(() => _connection.Statement("SELECT $value"));
    }

    private static SqlStatement Again(PreparedStatements statements, SqlStatement used)
    {
        used.Dispose();
        return statements.Get("SELECT $value", ("$value", 2L));
    }

    private (string, object?) Round(object value)
    {
        using var statement = _connection.Statement("SELECT typeof($value), $value", ("$value", value));
        using var rows = statement.ExecuteReader();
        Assert.True(rows.Read());
        return (rows.GetString(0), rows.GetValue(1));
    }
}
