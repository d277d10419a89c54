using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Tokens;

public static class ScimTokenTable
{
    extension(NinjaIamDbContext database)
    {
        public DbSet<ScimToken> ScimTokens => database.Set<ScimToken>();

        public DbSet<TokenNotice> TokenNotices => database.Set<TokenNotice>();
    }
}
