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
        builder.Property(token => token.Label).HasMaxLength(TokenLabel.Longest);

        // What there was before there was a choice.
        builder.Property(token => token.Scope).HasDefaultValue(TokenScope.ReadAndWrite);
        builder.Property(token => token.Networks).HasDefaultValue("");
    }
}

internal sealed class TokenNoticeConfiguration : IEntityTypeConfiguration<TokenNotice>
{
    public void Configure(EntityTypeBuilder<TokenNotice> builder)
    {
        builder.ToTable("token_notices");
        builder.HasKey(notice => new { notice.TokenId, notice.Days });
        builder.HasOne<ScimToken>().WithMany().HasForeignKey(notice => notice.TokenId).OnDelete(DeleteBehavior.Cascade);
    }
}
