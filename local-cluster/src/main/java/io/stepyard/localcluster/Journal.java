package io.stepyard.localcluster;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cluster's memory on disk: lines of JSON, appended by one thread. Everything that waits when the thread comes round is written
 * and forced to disk together, so that many runs share one sync. A record's future completes when it is on disk, in append order.
 * After a failed write nothing is accepted any more.
 */
final class Journal implements Closeable {

    private static final int MAX_BATCH = 1024;

    private record Entry(@Nullable JournalRecord line, @Nullable List<JournalRecord> rewrite, boolean last,
            CompletableFuture<Void> done) {}

    private final Path file;
    private final JsonMapper json;
    private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private FileChannel channel;
    private @Nullable IOException broken;

    private Journal(Path file, JsonMapper json, FileChannel channel) {
        this.file = file;
        this.json = json;
        this.channel = channel;
        this.writer = Thread.ofPlatform().name("journal").daemon(true).unstarted(this::write);
    }

    /** Reads what is there, cuts off a torn last line, and opens the file for more. */
    static Journal open(Path file, JsonMapper json, Consumer<JournalRecord> reader) throws IOException {
        long good = Files.exists(file) ? read(file, json, reader) : 0;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(good);
        channel.position(good);
        Journal journal = new Journal(file, json, channel);
        journal.writer.start();
        return journal;
    }

    private static long read(Path file, JsonMapper json, Consumer<JournalRecord> reader) throws IOException {
        long size = Files.size(file);
        long good = 0;
        long number = 0;
        // Lenient, unlike Files.newBufferedReader: a torn line may end within a character.
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                long end = good + line.getBytes(StandardCharsets.UTF_8).length + 1;
                if (end > size) {
                    // Without its newline the line was never acknowledged to anybody.
                    return good;
                }
                try {
                    reader.accept(json.readValue(line, JournalRecord.class));
                } catch (JacksonException unreadable) {
                    throw new IOException(file + " line " + number + ": expected a journal record, but found "
                            + line.substring(0, Math.min(80, line.length())), unreadable);
                }
                good = end;
            }
        }
        return good;
    }

    /** On disk, and in this order, when the future completes. */
    CompletableFuture<Void> append(JournalRecord line) {
        Entry entry = new Entry(line, null, false, new CompletableFuture<>());
        queue.add(entry);
        return entry.done();
    }

    /** Replaces everything appended so far by these records, atomically. */
    CompletableFuture<Void> rewrite(List<JournalRecord> records) {
        Entry entry = new Entry(null, records, false, new CompletableFuture<>());
        queue.add(entry);
        return entry.done();
    }

    private void write() {
        List<Entry> batch = new ArrayList<>();
        boolean open = true;
        while (open) {
            batch.clear();
            try {
                batch.add(queue.take());
            } catch (InterruptedException unexpected) {
                // Nobody interrupts this thread; should it happen, the queue is still to be written.
                continue;
            }
            queue.drainTo(batch, MAX_BATCH);
            IOException failure = writeBatch(batch);
            for (Entry entry : batch) {
                open = open && !entry.last();
                if (failure == null) {
                    entry.done().complete(null);
                } else {
                    entry.done().completeExceptionally(new UncheckedIOException(failure));
                }
            }
        }
    }

    private @Nullable IOException writeBatch(List<Entry> batch) {
        if (broken != null) {
            return broken;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(batch.size() * 256);
            for (Entry entry : batch) {
                if (entry.rewrite() != null) {
                    bytes.reset();
                    replaceBy(entry.rewrite());
                } else if (entry.line() != null) {
                    bytes.writeBytes(json.writeValueAsBytes(entry.line()));
                    bytes.write('\n');
                }
            }
            ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
            while (all.hasRemaining()) {
                channel.write(all);
            }
            channel.force(false);
            return null;
        } catch (IOException failure) {
            broken = failure;
            return failure;
        }
    }

    private void replaceBy(List<JournalRecord> records) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(next), 1 << 16)) {
            for (JournalRecord line : records) {
                out.write(json.writeValueAsBytes(line));
                out.write('\n');
            }
        }
        FileChannel replacement = FileChannel.open(next, StandardOpenOption.WRITE);
        replacement.position(replacement.size());
        replacement.force(true);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        channel.close();
        channel = replacement;
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() throws IOException {
        Entry last = new Entry(null, null, true, new CompletableFuture<>());
        queue.add(last);
        try {
            last.done().join();
        } finally {
            channel.close();
        }
    }
}
