namespace NinjaIam.Core.Care;

/// <summary>What SQLite itself can say: its pages and indexes, and rows that refer to no row.</summary>
internal static class FileCheck
{
    public static async Task RunAsync(VerificationRun run)
    {
        await using (var integrity = run.Statement("PRAGMA integrity_check"))
        {
            await using var rows = await integrity.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                if (rows.GetString(0) is not "ok" and var problem)
                {
                    await run.FoundAsync($"The file is damaged: {problem}.");
                }
            }
        }

        await using var references = run.Statement("PRAGMA foreign_key_check");
        await using var broken = await references.ExecuteReaderAsync();
        while (await broken.ReadAsync())
        {
            await run.FoundAsync($"A row of {broken.GetString(0)} refers to a row of {broken.GetText(2)} that does not exist.");
        }
    }
}
