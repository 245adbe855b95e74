import GRDB

/// The tables of the bookkeeping file, one migration after the other.
///
/// A migration that was released is never changed. Instants are microseconds since 1970 in UTC.
enum StateMigrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001 accounts and audit") { database in
            try database.execute(sql: accountsAndAudit)
        }
        migrator.registerMigration("0002 write keys and salts") { database in
            try database.execute(sql: writeKeysAndSalts)
        }
        return migrator
    }

    private static let accountsAndAudit = """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY,
            email TEXT NOT NULL UNIQUE COLLATE NOCASE,
            name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
            password TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE session (
            token_hash BLOB PRIMARY KEY,
            account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            created_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_of_account ON session (account, created_at);
        CREATE TABLE setup_token (
            token_hash BLOB PRIMARY KEY,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            who TEXT,
            action TEXT NOT NULL,
            detail TEXT NOT NULL,
            address TEXT,
            chain BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER audit_keeps_entries BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
        CREATE TRIGGER audit_keeps_values BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
        """

    private static let writeKeysAndSalts = """
        CREATE TABLE write_key (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key_hash BLOB NOT NULL UNIQUE,
            hint TEXT NOT NULL,
            label TEXT NOT NULL,
            source TEXT NOT NULL,
            origins TEXT NOT NULL,
            site TEXT,
            made_at INTEGER NOT NULL,
            made_by TEXT,
            revoked_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX write_key_of_site ON write_key (site) WHERE revoked_at IS NULL;
        CREATE TABLE visitor_salt (
            day INTEGER PRIMARY KEY,
            salt BLOB NOT NULL
        ) STRICT;
        """
}
