using FluentValidation;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Web.Components.Shared;

/// <summary>What is wrong with a form, by field name. Made by a validator before saving, or from a refusal afterwards.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, string> _texts;

    private FieldErrors(Dictionary<string, string> texts, string? general) => (_texts, General) = (texts, general);

    public static FieldErrors None { get; } = new([], null);

    /// <summary>What concerns the whole form.</summary>
    public string? General { get; }

    public bool Any => _texts.Count > 0 || General is not null;

    /// <summary>The first error of a field, or null.</summary>
    public string? this[string field] => _texts.GetValueOrDefault(field);

    public static FieldErrors Of<TForm>(IValidator<TForm> validator, TForm form)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var failure in validator.Validate(form).Errors)
        {
            texts.TryAdd(failure.PropertyName, failure.ErrorMessage);
        }

        return new FieldErrors(texts, null);
    }

    public static FieldErrors Of(Refusal refusal) =>
        refusal.Field is { } field
            ? new FieldErrors(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [field] = refusal.Detail }, null)
            : new FieldErrors([], refusal.Detail);
}
