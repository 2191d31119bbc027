package io.stepyard.stepfunctions.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Segment files with a writer thread. A position is the segment's number and the offset in it. Records appended while the
 * writer is busy go out together with one flush: group commit.
 */
final class FileJournal implements Journal {
    static final long SEGMENT_BYTES = 64L << 20;

    private final Path directory;
    private final long segmentBytes;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final Map<Integer, Segment> segments = new HashMap<>();
    private final Thread writer;
    // Guarded by this:
    private List<byte[]> appended = new ArrayList<>();
    private List<Commit> callbacks = new ArrayList<>();
    private final Map<Long, byte[]> unwritten = new HashMap<>();
    private boolean commitWanted;
    private boolean writing;
    private boolean closed;
    private @Nullable JournalException failure;
    private @Nullable Segment first;
    private int number;
    private long offset;
    private long bytes;
    private long flushes;

    FileJournal(Path directory, long segmentBytes) {
        this.segmentBytes = segmentBytes;
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            lockChannel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            lock = lock(lockChannel, directory);
        } catch (IOException unusable) {
            throw new JournalException("cannot use the journal directory " + directory, unusable);
        }
        this.writer = Thread.ofPlatform().name("step-functions-journal").daemon(true).unstarted(this::writeLoop);
    }

    private static FileLock lock(FileChannel channel, Path directory) throws IOException {
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException here) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new JournalException("the journal directory " + directory + " is in use by another engine", null);
        }
        return held;
    }

    @Override
    public synchronized void replay(Reader reader) {
        try {
            List<Integer> numbers = Segment.numbersIn(directory);
            for (int i = 0; i < numbers.size(); i++) {
                Segment segment = Segment.open(directory, numbers.get(i));
                segments.put(numbers.get(i), segment);
                number = numbers.get(i);
                offset = segment.replay(reader, i == numbers.size() - 1);
                bytes += offset;
            }
            if (numbers.isEmpty()) {
                segments.put(0, Segment.open(directory, 0));
            }
        } catch (IOException unreadable) {
            throw new JournalException("cannot read the journal in " + directory, unreadable);
        }
        // Taken here and not by the writer: by the time it runs, records may have gone on to the next segment.
        Segment last = segments.get(number);
        if (last == null) {
            throw new IllegalStateException("no segment to go on with in " + directory);
        }
        first = last;
        writer.start();
    }

    @Override
    public synchronized long append(byte[] record) {
        checkUsable();
        long position = Segment.position(number, offset);
        appended.add(record);
        unwritten.put(position, record);
        offset += Segment.HEADER_BYTES + record.length;
        bytes += Segment.HEADER_BYTES + record.length;
        if (offset >= segmentBytes) {
            appended.add(Segment.ROLL);
            number++;
            offset = 0;
        }
        return position;
    }

    @Override
    public synchronized void commit(Commit commit) {
        checkUsable();
        callbacks.add(commit);
        commitWanted = true;
        notifyAll();
    }

    @Override
    public synchronized void await() {
        while ((commitWanted || writing) && failure == null) {
            try {
                wait();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        checkUsable();
    }

    private void checkUsable() {
        if (failure != null) {
            throw failure;
        }
        if (closed) {
            throw new JournalException("the journal in " + directory + " is closed", null);
        }
    }

    @Override
    public byte[] read(long position) {
        Segment segment;
        synchronized (this) {
            byte[] pending = unwritten.get(position);
            if (pending != null) {
                return pending;
            }
            segment = segments.get(Segment.number(position));
        }
        if (segment == null) {
            throw new JournalException("the journal has no segment for position " + position, null);
        }
        try {
            return segment.read(Segment.offset(position));
        } catch (IOException unreadable) {
            throw new JournalException("cannot read position " + position + " of the journal in " + directory,
                    unreadable);
        }
    }

    @Override
    public synchronized long oldestEnd() {
        int oldest = segments.keySet().stream().mapToInt(Integer::intValue).min().orElse(number);
        // The segment that is written now, or is about to be, stays.
        return oldest + 1 < number ? Segment.position(oldest + 1, 0) : -1;
    }

    @Override
    public void dropBefore(long position) {
        List<Segment> dropped = new ArrayList<>();
        synchronized (this) {
            for (Segment segment : List.copyOf(segments.values())) {
                if (segment.number() < Segment.number(position)) {
                    segments.remove(segment.number());
                    bytes -= segment.end();
                    dropped.add(segment);
                }
            }
        }
        try {
            for (Segment segment : dropped) {
                segment.delete();
            }
        } catch (IOException refused) {
            throw new JournalException("cannot drop the oldest part of the journal in " + directory, refused);
        }
    }

    @Override
    public synchronized long sizeBytes() {
        return bytes;
    }

    /** How often something was forced to the disk. */
    synchronized long flushes() {
        return flushes;
    }

    private void writeLoop() {
        Segment current = first;
        try {
            while (current != null) {
                current = writeGroup(current);
            }
        } catch (JournalException broken) {
            fail(broken);
        }
    }

    private @Nullable Segment writeGroup(Segment segment) {
        List<byte[]> group;
        List<Commit> waiting;
        synchronized (this) {
            while (!commitWanted && !closed) {
                try {
                    wait();
                } catch (InterruptedException stop) {
                    closed = true;
                }
            }
            if (!commitWanted && appended.isEmpty()) {
                return null;
            }
            group = appended;
            waiting = callbacks;
            appended = new ArrayList<>();
            callbacks = new ArrayList<>();
            commitWanted = false;
            writing = true;
        }
        Segment current;
        try {
            current = write(segment, group);
        } catch (IOException | RuntimeException broken) {
            JournalException reason = new JournalException("the journal in " + directory + " cannot be written",
                    broken);
            waiting.forEach(commit -> commit.broken(reason));
            throw reason;
        }
        waiting.forEach(Commit::durable);
        synchronized (this) {
            writing = false;
            notifyAll();
        }
        return current;
    }

    private Segment write(Segment segment, List<byte[]> group) throws IOException {
        Segment current = segment;
        List<byte[]> batch = new ArrayList<>();
        for (byte[] record : group) {
            if (isRoll(record)) {
                flush(current, batch);
                current = Segment.open(directory, current.number() + 1);
                synchronized (this) {
                    segments.put(current.number(), current);
                }
            } else {
                batch.add(record);
            }
        }
        flush(current, batch);
        return current;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isRoll(byte[] record) {
        return record == Segment.ROLL;
    }

    private void flush(Segment segment, List<byte[]> batch) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        long start = segment.end();
        segment.write(batch);
        synchronized (this) {
            flushes++;
            for (byte[] record : batch) {
                unwritten.remove(Segment.position(segment.number(), start));
                start += Segment.HEADER_BYTES + record.length;
            }
        }
        batch.clear();
    }

    private void fail(JournalException reason) {
        List<Commit> waiting;
        synchronized (this) {
            failure = reason;
            waiting = callbacks;
            callbacks = new ArrayList<>();
            notifyAll();
        }
        waiting.forEach(commit -> commit.broken(reason));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        try {
            if (writer.isAlive()) {
                writer.join();
            }
            for (Segment segment : segments.values()) {
                segment.close();
            }
            lock.release();
            lockChannel.close();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw new JournalException("cannot close the journal in " + directory, broken);
        }
    }
}
