package io.stepyard.store.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The H2 file and its schema. H2 writes in the background as it likes: what was acknowledged is in the commit log until
 * {@link #force} has put it into the file.
 */
final class Database {

    /** H2's page cache in KiB: small, so that a process that idles with 100,000 jobs stays small. */
    private static final int CACHE_KIB = 16 * 1024;

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS run(job_id VARCHAR PRIMARY KEY, version BIGINT NOT NULL, state VARCHAR NOT NULL,"
                    + " tenant VARCHAR NOT NULL, place VARCHAR NOT NULL, token VARCHAR, body VARCHAR NOT NULL)",
            "CREATE INDEX IF NOT EXISTS run_by_state ON run(state, place DESC)",
            "CREATE INDEX IF NOT EXISTS run_by_tenant ON run(tenant, state, place DESC)",
            "CREATE TABLE IF NOT EXISTS run_count(state VARCHAR PRIMARY KEY, runs BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS queue_row(job_id VARCHAR NOT NULL, priority INT NOT NULL, enqueued BIGINT NOT NULL,"
                    + " token VARCHAR NOT NULL, body VARCHAR NOT NULL, PRIMARY KEY(job_id, priority))",
            "CREATE INDEX IF NOT EXISTS queue_order ON queue_row(priority DESC, enqueued, job_id)",
            "CREATE TABLE IF NOT EXISTS cluster(name VARCHAR PRIMARY KEY, version BIGINT NOT NULL, drained BOOLEAN NOT NULL,"
                    + " reserved_cpu BIGINT NOT NULL, reserved_memory BIGINT NOT NULL, body VARCHAR NOT NULL)",
            "CREATE TABLE IF NOT EXISTS lease(name VARCHAR PRIMARY KEY, owner VARCHAR NOT NULL, epoch BIGINT NOT NULL,"
                    + " expires_at VARCHAR NOT NULL)",
            "CREATE TABLE IF NOT EXISTS document(name VARCHAR PRIMARY KEY, version BIGINT NOT NULL, body VARCHAR NOT NULL)");

    private final String url;

    Database(Path file) {
        if (file.toString().contains(";")) {
            throw new IllegalArgumentException("Expected a store directory without ';', but found " + file);
        }
        // Closing is ours to order: H2's own shutdown hook would race with the last commits.
        this.url = "jdbc:h2:file:" + file.toAbsolutePath() + ";CACHE_SIZE=" + CACHE_KIB + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    /** The connection that writes; its transactions are ended by {@link Connection#commit}. */
    Connection openWriter() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            for (String ddl : SCHEMA) {
                statement.execute(ddl);
            }
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection whose transactions each see one moment. */
    Connection openReader() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /** Writes every commit so far into the file and forces it to the disk. */
    static void force(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    static void shutDown(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
