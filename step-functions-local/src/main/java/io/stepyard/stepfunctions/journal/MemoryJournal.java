package io.stepyard.stepfunctions.journal;

import java.util.ArrayList;
import java.util.List;

/** Records in a list; a position is a place in it. */
final class MemoryJournal implements Journal {
    private final List<byte[]> records = new ArrayList<>();
    private long bytes;

    @Override
    public void replay(Reader reader) {
        for (int i = 0; i < records.size(); i++) {
            reader.record(i, records.get(i));
        }
    }

    @Override
    public synchronized long append(byte[] record) {
        records.add(record);
        bytes += record.length;
        return records.size() - 1L;
    }

    @Override
    public void commit(Commit commit) {
        commit.durable();
    }

    @Override
    public void await() {
        // Nothing is ever under way.
    }

    @Override
    public synchronized byte[] read(long position) {
        return records.get(Math.toIntExact(position));
    }

    /** In memory nothing is divided into parts. */
    @Override
    public long oldestEnd() {
        return -1;
    }

    @Override
    public void dropBefore(long position) {
        // No part was ever offered.
    }

    @Override
    public synchronized long sizeBytes() {
        return bytes;
    }

    @Override
    public void close() {
        // The records stay, so that a test can open a second engine on them.
    }
}
