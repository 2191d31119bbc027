package io.stepyard.store.embedded;

import io.stepyard.core.store.StoreUnavailable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes all the work that has come while it was busy, decides it in order inside one database
 * transaction, forces the row changes to the disk as one record of the commit log, and only then makes them visible and answers: many
 * commits share one wait for the disk, and nobody can act on what a crash would undo.
 */
final class GroupWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);

    static final int MAX_BATCH = 256;

    /** From this size on the log is emptied, after the database file has been forced: bounds the time to open after a crash. */
    static final long MAX_LOG_BYTES = 32L * 1024 * 1024;

    /** One piece of work: reads through the tables, adds the changes it decides on, gives its result. */
    interface Work<T> {
        T decide(WriteTables tables, List<RowChange> changes) throws SQLException;
    }

    private static final class Task<T> {
        private final Work<T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private @Nullable T result;

        Task(Work<T> work) {
            this.work = work;
        }

        void decide(WriteTables tables, List<RowChange> changes) throws SQLException {
            int first = changes.size();
            result = work.decide(tables, changes);
            for (RowChange change : changes.subList(first, changes.size())) {
                tables.apply(change);
            }
        }

        void answer() {
            answer.complete(result);
        }
    }

    private final Connection connection;
    private final WriteTables tables;
    private final CommitLog log;
    private final long maxLogBytes;
    private final LinkedBlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    /** Ends the thread; comes last because nothing is added after it. */
    private final Task<Boolean> end = new Task<>((_, _) -> true);
    private boolean isClosed;
    private volatile @Nullable Exception broken;

    private GroupWriter(Connection connection, CommitLog log, long maxLogBytes) {
        this.connection = connection;
        this.tables = new WriteTables(connection);
        this.log = log;
        this.maxLogBytes = maxLogBytes;
        this.thread = new Thread(this::loop, "stepyard-store-writer");
        this.thread.setDaemon(true);
    }

    /** Repeats what the log holds, empties it, and starts. */
    static GroupWriter open(Connection connection, CommitLog log, long maxLogBytes) throws SQLException, IOException {
        GroupWriter writer = new GroupWriter(connection, log, maxLogBytes);
        List<List<RowChange>> batches = log.readAll();
        for (List<RowChange> batch : batches) {
            for (RowChange change : batch) {
                writer.tables.apply(change);
            }
            writer.tables.flush();
            connection.commit();
        }
        if (!batches.isEmpty()) {
            LOG.info("Repeated {} batches of the commit log ({} bytes)", batches.size(), log.bytes());
            Database.force(connection);
            log.empty();
        }
        writer.thread.start();
        return writer;
    }

    /** Gives the work's result once its changes are on the disk. */
    <T> T submit(Work<T> work) {
        Task<T> task = new Task<>(work);
        synchronized (this) {
            if (isClosed) {
                throw new StoreUnavailable("Expected an open store, but it has been closed", null);
            }
            queue.add(task);
        }
        return await(task.answer);
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while waiting for the store", interrupted);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof IllegalArgumentException malformed) {
                throw malformed;
            }
            throw new StoreUnavailable("The embedded store failed: " + (cause == null ? failed : cause).getMessage(),
                    cause);
        }
    }

    private void loop() {
        List<Task<?>> batch = new ArrayList<>();
        try {
            while (!batch.contains(end)) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                write(batch);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError("Expected nobody to interrupt the store's writer", interrupted);
        }
    }

    private void write(List<Task<?>> batch) {
        Exception failure = broken;
        if (failure == null) {
            failure = tryWrite(batch);
        }
        if (failure == null) {
            batch.forEach(Task::answer);
            return;
        }
        for (Task<?> task : batch) {
            task.answer.completeExceptionally(failure);
        }
    }

    private @Nullable Exception tryWrite(List<Task<?>> batch) {
        boolean isLogged = false;
        try {
            List<RowChange> changes = new ArrayList<>();
            for (Task<?> task : batch) {
                task.decide(tables, changes);
            }
            if (!changes.isEmpty()) {
                tables.flush();
                log.append(changes);
                isLogged = true;
            }
            connection.commit();
            emptyLogWhenLong();
            return null;
        } catch (SQLException | IOException | RuntimeException failure) {
            return giveUp(failure, isLogged);
        }
    }

    /** After a failure nothing of the batch is visible; when it cannot be known that nothing of it is kept, the store stops. */
    private Exception giveUp(Exception failure, boolean isLogged) {
        LOG.error("The embedded store could not write a batch", failure);
        try {
            if (isLogged) {
                broken = failure;
            } else {
                tables.forget();
                connection.rollback();
                log.cutTail();
            }
        } catch (SQLException | IOException worse) {
            failure.addSuppressed(worse);
            broken = failure;
        }
        return failure;
    }

    private void emptyLogWhenLong() throws SQLException, IOException {
        if (log.bytes() > maxLogBytes) {
            Database.force(connection);
            log.empty();
        }
    }

    /** Finishes what was submitted, then forces the database file and empties the log. */
    @Override
    public void close() throws SQLException, IOException {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            queue.add(end);
        }
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (broken == null) {
            Database.force(connection);
            log.empty();
        }
        Database.shutDown(connection);
        log.close();
    }
}
