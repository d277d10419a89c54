using NinjaIam.Tests.Rules;
using NinjaIam.Tests.Security;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

public sealed class ConformanceDocumentTests
{
    [Fact]
    public void The_page_is_what_the_obligations_and_the_tests_say() =>
        GeneratedDocument.AssertIs(ConformanceDocument.Path, ConformanceDocument.Create());

    [Fact]
    public void Every_obligation_is_proved_or_has_a_reason()
    {
        var proved = Proof.All.SelectMany(proof => proof.Obligations).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(
            Obligation
                .All.Where(obligation => obligation.Reason is null && !proved.Contains(obligation.Id))
                .Select(obligation => obligation.Id)
        );
    }

    [Fact]
    public void Every_test_proves_what_there_is()
    {
        var known = Obligation
            .All.Select(obligation => obligation.Id)
            .Concat(ProductRule.All.Select(rule => rule.Id))
            .Concat(AsvsItem.All.Select(item => item.Id))
            .ToHashSet(StringComparer.Ordinal);
        var unknown = Proof.All.SelectMany(proof =>
            proof.Obligations.Where(id => !known.Contains(id)).Select(id => $"{proof.Sentence}: {id}")
        );

        Assert.Empty(unknown);
        Assert.All(Proof.All, proof => Assert.NotEmpty(proof.Test.GetCustomAttributes(typeof(FactAttribute), inherit: true)));
        Assert.All(Proof.All, proof => Assert.True(File.Exists(Path.Combine(Repository.Root, proof.File)), proof.File));
    }

    [Fact]
    public void Every_obligation_has_an_id_of_its_own() => Assert.Distinct(Obligation.All.Select(obligation => obligation.Id));
}
