package io.stepyard.store.embedded;

import io.stepyard.core.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A few threads that read. Callers wait for them instead of reading themselves, because an interrupt that hits a thread inside a file
 * read closes the database file for everybody.
 */
final class Readers implements AutoCloseable {

    private static final int THREADS = 4;

    interface Query<T> {
        T read(ReadTables tables) throws SQLException;
    }

    private record Reader(Connection connection, ReadTables tables) {}

    private final List<Connection> connections = new ArrayList<>();
    private final BlockingQueue<Reader> idle = new ArrayBlockingQueue<>(THREADS);
    private final ReadTables.Memory memory = new ReadTables.Memory();
    private final ExecutorService threads;

    Readers(Database database) throws SQLException {
        for (int i = 0; i < THREADS; i++) {
            Connection connection = database.openReader();
            connections.add(connection);
            idle.add(new Reader(connection, new ReadTables(connection, memory)));
        }
        this.threads = Executors.newFixedThreadPool(THREADS,
                Thread.ofPlatform().daemon().name("stepyard-store-reader-", 0).factory());
    }

    void learn(List<PreparedWrite> writes) {
        writes.forEach(memory::learn);
    }

    <T> T read(Query<T> query) {
        if (Thread.currentThread().isInterrupted()) {
            // Whoever is to stop is told so, however quickly the answer would have come.
            throw new StoreUnavailable("Interrupted before the store was read", null);
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> read(query, answer));
        } catch (RejectedExecutionException closed) {
            throw new StoreUnavailable("Expected an open store, but it has been closed", closed);
        }
        return GroupWriter.await(answer);
    }

    private <T> void read(Query<T> query, CompletableFuture<T> answer) {
        // As many readers as threads: there is always one.
        Reader reader = idle.remove();
        try {
            T result = query.read(reader.tables());
            reader.connection().commit();
            answer.complete(result);
        } catch (SQLException | RuntimeException failure) {
            answer.completeExceptionally(failure);
        } finally {
            idle.add(reader);
        }
    }

    @Override
    public void close() throws SQLException {
        threads.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
