namespace NinjaIam.Core.Storage.Resources;

/// <summary>The directory's tables as SQL, run by the migrations. The statements in this folder are all that writes them.</summary>
internal static class DirectorySchema
{
    public const string Create = """
        CREATE TABLE resources (
            seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            id BLOB NOT NULL UNIQUE,
            provider BLOB NOT NULL REFERENCES providers("Id"),
            type TEXT NOT NULL,
            name_key TEXT NOT NULL,
            external_id TEXT NULL,
            active INTEGER NOT NULL,
            deleted_at INTEGER NULL,
            version INTEGER NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            doc TEXT NOT NULL
        );
        CREATE INDEX resources_by_order ON resources(provider, type, seq) WHERE deleted_at IS NULL;
        CREATE INDEX resources_by_name ON resources(provider, type, name_key, seq);
        CREATE INDEX resources_by_external_id ON resources(provider, type, external_id, seq) WHERE external_id IS NOT NULL;

        CREATE TABLE resource_values (
            attribute TEXT NOT NULL,
            key TEXT NOT NULL,
            seq INTEGER NOT NULL REFERENCES resources(seq),
            ordinal INTEGER NOT NULL,
            type TEXT NULL,
            is_primary INTEGER NOT NULL,
            PRIMARY KEY (attribute, key, seq, ordinal)
        ) WITHOUT ROWID;
        CREATE INDEX resource_values_by_resource ON resource_values(seq, attribute);

        CREATE TABLE resource_unique (
            scope BLOB NOT NULL,
            attribute TEXT NOT NULL,
            key TEXT NOT NULL,
            seq INTEGER NOT NULL REFERENCES resources(seq),
            PRIMARY KEY (scope, attribute, key)
        ) WITHOUT ROWID;
        CREATE INDEX resource_unique_by_resource ON resource_unique(seq);

        CREATE TABLE members (
            group_seq INTEGER NOT NULL REFERENCES resources(seq),
            member_seq INTEGER NOT NULL REFERENCES resources(seq),
            PRIMARY KEY (group_seq, member_seq)
        ) WITHOUT ROWID;
        CREATE INDEX members_by_member ON members(member_seq, group_seq);

        CREATE TABLE counters (
            provider BLOB NOT NULL,
            type TEXT NOT NULL,
            total INTEGER NOT NULL,
            PRIMARY KEY (provider, type)
        ) WITHOUT ROWID;

        CREATE TABLE versions (
            concern TEXT NOT NULL PRIMARY KEY,
            value INTEGER NOT NULL
        ) WITHOUT ROWID;
        """;

    public const string Drop = """
        DROP TABLE versions;
        DROP TABLE counters;
        DROP TABLE members;
        DROP TABLE resource_unique;
        DROP TABLE resource_values;
        DROP TABLE resources;
        """;
}
