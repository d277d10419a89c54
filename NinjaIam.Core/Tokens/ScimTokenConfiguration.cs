using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NinjaIam.Core.Tokens;

internal sealed class ScimTokenConfiguration : IEntityTypeConfiguration<ScimToken>
{
    public void Configure(EntityTypeBuilder<ScimToken> builder)
    {
        builder.ToTable("scim_tokens");
        builder.HasKey(token => token.PublicId);
        builder.HasIndex(token => token.ProviderId);
        builder.Ignore(token => token.Access);

        // What there was before there was a choice.
        builder.Property(token => token.Scope).HasDefaultValue(TokenScope.ReadAndWrite);
        builder.Property(token => token.Networks).HasDefaultValue("");
    }
}
