using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <summary>One row of values for each journal row, instead of one for each value: fewer writes, quicker lists. The digests stay true.</summary>
    public partial class PackedJournalValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql(
                """
                CREATE TABLE packed_values (
                    "Seq" INTEGER NOT NULL CONSTRAINT "PK_journal_values" PRIMARY KEY,
                    "Actor" TEXT NOT NULL,
                    "Subject" TEXT NULL,
                    "Member" TEXT NULL,
                    "Added" INTEGER NOT NULL,
                    "Removed" INTEGER NOT NULL,
                    "Changes" TEXT NULL
                );
                INSERT INTO packed_values
                SELECT v."Seq",
                    COALESCE(MAX(CASE WHEN v."Attribute" = '$actor' THEN v."After" END), ''),
                    MAX(CASE WHEN v."Attribute" = '$subject' THEN v."After" END),
                    MAX(CASE WHEN v."Attribute" = '$member' THEN v."After" END),
                    COALESCE(SUM(CASE WHEN v."Attribute" = 'members' THEN json_array_length(v."After") END), 0),
                    COALESCE(SUM(CASE WHEN v."Attribute" = 'members' THEN json_array_length(v."Before") END), 0),
                    CASE WHEN SUM(v."Attribute" NOT IN ('$actor', '$subject')) > 0 THEN
                        json_group_array(json_array(v."Attribute", v."Before", v."After"))
                            FILTER (WHERE v."Attribute" NOT IN ('$actor', '$subject'))
                    END
                FROM (SELECT * FROM journal_values ORDER BY "Seq", "Ordinal") v
                GROUP BY v."Seq";
                DROP TABLE journal_values;
                ALTER TABLE packed_values RENAME TO journal_values;
                """
            );

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Restore the backup that was made before the migration instead.");
    }
}
