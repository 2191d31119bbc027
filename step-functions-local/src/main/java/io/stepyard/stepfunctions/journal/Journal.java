package io.stepyard.stepfunctions.journal;

import java.nio.file.Path;

/**
 * An append-only log of records. One thread appends and commits; any thread reads.
 */
public interface Journal extends AutoCloseable {

    /** A journal in memory: fast, and gone with the process. */
    static Journal inMemory() {
        return new MemoryJournal();
    }

    /**
     * A journal of segment files in a directory, which is made if it is not there. What is committed survives the end of
     * the process at any moment. One process at a time: a second one is refused with {@link JournalException}.
     */
    static Journal directory(Path directory) {
        return directory(directory, FileJournal.SEGMENT_BYTES);
    }

    /** The same with parts of another size, the unit in which space is given back. */
    static Journal directory(Path directory, long segmentBytes) {
        return new FileJournal(directory, segmentBytes);
    }

    /** Hands every record to the reader, oldest first. Called once, before the first append. */
    void replay(Reader reader);

    /** Appends a record; answers its position, by which it can be read at once. */
    long append(byte[] record);

    /**
     * Makes everything appended so far durable, then says so. Answers come in order, on a thread of the journal
     * or on the caller's. Commits that come while one is being written share the next write.
     */
    void commit(Commit commit);

    /** Waits for a commit. */
    interface Commit {
        /** Everything appended before it is durable. */
        void durable();

        /** It never will be. */
        void broken(JournalException reason);
    }

    /** Waits until everything committed so far is durable and was answered. */
    void await();

    /** The record at a position. */
    byte[] read(long position);

    /** Where the oldest part ends that can be dropped, or -1 where there is none. */
    long oldestEnd();

    /** Drops what stands before a position that {@link #oldestEnd()} gave. Nothing may be read there any more. */
    void dropBefore(long position);

    /** How many bytes of records there are. */
    long sizeBytes();

    /** Writes what was appended and releases the files. */
    @Override
    void close();

    /** Takes records. */
    interface Reader {
        /** The next record and where it stands. */
        void record(long position, byte[] record);
    }
}
