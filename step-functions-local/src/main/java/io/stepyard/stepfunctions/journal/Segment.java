package io.stepyard.stepfunctions.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One file of the journal: records one behind the other, each with its length and a checksum over both. */
final class Segment {
    static final int HEADER_BYTES = 8;
    /** Stands in the writer's queue where a new segment begins. */
    static final byte[] ROLL = new byte[0];

    private static final int OFFSET_BITS = 36;
    private static final int MAX_RECORD_BYTES = 256 << 20;
    private static final int READ_AHEAD_BYTES = 4 << 20;
    private static final String SUFFIX = ".journal";

    private final int number;
    private final Path file;
    private final FileChannel channel;
    private long end;
    private byte[] window = new byte[0];
    private long windowStart;

    private Segment(int number, Path file, FileChannel channel) {
        this.number = number;
        this.file = file;
        this.channel = channel;
    }

    static Segment open(Path directory, int number) throws IOException {
        Path file = directory.resolve(String.format("%08d%s", number, SUFFIX));
        Segment segment = new Segment(number, file, FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE));
        segment.end = segment.channel.size();
        return segment;
    }

    static List<Integer> numbersIn(Path directory) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                numbers.add(Integer.valueOf(name.substring(0, name.length() - SUFFIX.length())));
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    static long position(int number, long offset) {
        return ((long) number << OFFSET_BITS) | offset;
    }

    static int number(long position) {
        return (int) (position >>> OFFSET_BITS);
    }

    static long offset(long position) {
        return position & ((1L << OFFSET_BITS) - 1);
    }

    int number() {
        return number;
    }

    long end() {
        return end;
    }

    /**
     * Hands every record to the reader; answers where the last ends. What a crash left half written at the end of the last
     * segment was never acknowledged: it is put aside and cut off. Anywhere else a bad record is refused.
     */
    long replay(Journal.Reader reader, boolean last) throws IOException {
        long at = 0;
        while (at < end) {
            byte[] record = recordAt(at);
            if (record == null && !last) {
                throw new JournalException("the journal file " + file + " is damaged at byte " + at, null);
            }
            if (record == null) {
                cutAt(at);
            } else {
                reader.record(position(number, at), record);
                at += HEADER_BYTES + record.length;
            }
        }
        window = new byte[0];
        return at;
    }

    /** The record that starts here, or null where none does. */
    private byte @Nullable [] recordAt(long at) throws IOException {
        if (at + HEADER_BYTES > end) {
            return null;
        }
        readAhead(at, HEADER_BYTES);
        ByteBuffer header = ByteBuffer.wrap(window, (int) (at - windowStart), HEADER_BYTES);
        int length = header.getInt();
        int checksum = header.getInt();
        if (length <= 0 || length > MAX_RECORD_BYTES || at + HEADER_BYTES + length > end) {
            return null;
        }
        readAhead(at, HEADER_BYTES + length);
        int start = (int) (at - windowStart) + HEADER_BYTES;
        byte[] record = Arrays.copyOfRange(window, start, start + length);
        return checksum(record) == checksum ? record : null;
    }

    /** Makes the window cover these bytes. */
    private void readAhead(long at, int length) throws IOException {
        if (at < windowStart || at + length > windowStart + window.length) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(end - at, Math.max(length, READ_AHEAD_BYTES)));
            readFully(buffer, at);
            window = buffer.array();
            windowStart = at;
        }
    }

    private void cutAt(long at) throws IOException {
        ByteBuffer torn = ByteBuffer.allocate((int) Math.min(end - at, MAX_RECORD_BYTES));
        readFully(torn, at);
        Files.write(file.resolveSibling(file.getFileName() + ".torn"), torn.array());
        channel.truncate(at);
        channel.force(true);
        end = at;
    }

    private void readFully(ByteBuffer buffer, long at) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("file ends at " + (at + buffer.position()));
            }
        }
        buffer.flip();
    }

    /** Writes records at the end and flushes them to the disk. */
    void write(List<byte[]> records) throws IOException {
        int size = 0;
        for (byte[] record : records) {
            size += HEADER_BYTES + record.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (byte[] record : records) {
            buffer.putInt(record.length).putInt(checksum(record)).put(record);
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            end += channel.write(buffer, end);
        }
        channel.force(false);
    }

    byte[] read(long offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        readFully(header, offset);
        int length = header.getInt();
        int checksum = header.getInt();
        if (length <= 0 || length > MAX_RECORD_BYTES) {
            throw new IOException(file + " has no record at byte " + offset);
        }
        ByteBuffer record = ByteBuffer.allocate(length);
        readFully(record, offset + HEADER_BYTES);
        if (checksum(record.array()) != checksum) {
            throw new IOException(file + " is damaged at byte " + offset);
        }
        return record.array();
    }

    private static int checksum(byte[] record) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(4).putInt(record.length).flip());
        sum.update(record);
        return (int) sum.getValue();
    }

    void delete() throws IOException {
        channel.close();
        Files.delete(file);
    }

    void close() throws IOException {
        channel.close();
    }
}
