using Microsoft.EntityFrameworkCore;

namespace NinjaIam.Core.Storage;

public sealed class SqliteNinjaIamDbContext(DbContextOptions<SqliteNinjaIamDbContext> options) : NinjaIamDbContext(options);
