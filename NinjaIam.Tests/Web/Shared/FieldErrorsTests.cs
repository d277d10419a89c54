using FluentValidation;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class FieldErrorsTests
{
    [Fact]
    public void A_validator_gives_each_field_its_first_error()
    {
        var errors = FieldErrors.Of(new FormValidator(), new Form(""));

        Assert.Equal("Enter a name.", errors["Name"]);
        Assert.True(errors.Any);
    }

    [Fact]
    public void A_good_form_has_no_errors() => Assert.False(FieldErrors.Of(new FormValidator(), new Form("Ada")).Any);

    [Fact]
    public void A_refusal_that_names_no_field_concerns_the_whole_form()
    {
        var errors = FieldErrors.Of(new Refusal(RefusalKind.Stale, "Somebody changed this."));

        Assert.Equal("Somebody changed this.", errors.General);
        Assert.Null(errors["Name"]);
    }

    [Fact]
    public void A_refusal_that_names_a_field_stands_there()
    {
        var errors = FieldErrors.Of(new Refusal(RefusalKind.AlreadyTaken, "This name is taken.", "name"));

        Assert.Equal("This name is taken.", errors["Name"]);
        Assert.Null(errors.General);
    }

    private sealed record Form(string Name);

    private sealed class FormValidator : AbstractValidator<Form>
    {
        public FormValidator()
        {
            RuleFor(form => form.Name).NotEmpty().WithMessage("Enter a name.");
            RuleFor(form => form.Name).MinimumLength(2).WithMessage("Enter at least two characters.");
        }
    }
}
