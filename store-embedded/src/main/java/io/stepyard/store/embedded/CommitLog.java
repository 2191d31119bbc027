package io.stepyard.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file that makes a commit last: a batch of row changes is appended and forced to the disk before anybody is told that it happened
 * or can read it. After a crash the batches in it are done again; that is harmless, see {@link RowChange}. It is emptied when the
 * database file itself has been forced to the disk.
 *
 * <p>A record is its payload's length and CRC-32C (4 bytes each, big-endian), then the payload. Reading stops at the first record that
 * is not whole: that batch was never acknowledged.
 */
final class CommitLog implements AutoCloseable {

    private static final int HEADER_BYTES = 8;
    private static final int MAX_RECORD_BYTES = 1 << 30;

    private final FileChannel file;
    private long end;

    private CommitLog(FileChannel file) {
        this.file = file;
    }

    static CommitLog open(Path path) throws IOException {
        return new CommitLog(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    }

    /** Every whole batch in the file, oldest first; appending goes on after the last of them. */
    List<List<RowChange>> readAll() throws IOException {
        List<List<RowChange>> batches = new ArrayList<>();
        end = 0;
        for (byte[] payload = record(end); payload.length > 0; payload = record(end)) {
            batches.add(RowChangeCodec.decode(payload));
            end += HEADER_BYTES + payload.length;
        }
        file.truncate(end);
        return batches;
    }

    /** Appends and forces. When it throws, the file ends where it did before, or nothing more can be appended. */
    void append(List<RowChange> batch) throws IOException {
        byte[] payload = RowChangeCodec.encode(batch);
        if (payload.length > MAX_RECORD_BYTES) {
            throw new IOException("Expected a batch of at most " + MAX_RECORD_BYTES + " bytes, but found "
                    + payload.length);
        }
        ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        record.putInt(payload.length).putInt(checksum(payload)).put(payload).flip();
        long at = end;
        while (record.hasRemaining()) {
            at += file.write(record, at);
        }
        file.force(false);
        end = at;
    }

    /** Takes back what a failed {@link #append} may have left behind. */
    void cutTail() throws IOException {
        file.truncate(end);
        file.force(true);
    }

    void empty() throws IOException {
        file.truncate(0);
        end = 0;
        file.force(true);
    }

    long bytes() {
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private byte[] record(long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (!fill(header, at)) {
            return new byte[0];
        }
        int length = header.getInt(0);
        if (length <= 0 || length > MAX_RECORD_BYTES || at + HEADER_BYTES + length > file.size()) {
            return new byte[0];
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (!fill(payload, at + HEADER_BYTES) || checksum(payload.array()) != header.getInt(4)) {
            return new byte[0];
        }
        return payload.array();
    }

    private boolean fill(ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }

    private static int checksum(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
