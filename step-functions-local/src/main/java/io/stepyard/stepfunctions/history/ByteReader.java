package io.stepyard.stepfunctions.history;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote. Not thread safe. */
public final class ByteReader {
    private final byte[] bytes;
    private int place;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether anything is left. */
    public boolean hasMore() {
        return place < bytes.length;
    }

    /** One byte, 0 to 255. */
    public int get() {
        if (place >= bytes.length) {
            throw new IllegalStateException("record ends too early, at byte " + place);
        }
        return bytes[place++] & 0xFF;
    }

    /** A number as {@link ByteWriter#putVar} wrote it. */
    public long getVar() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = get();
            number |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IllegalStateException("number too long in record, at byte " + place);
    }

    /** A number as {@link ByteWriter#putSigned} wrote it. */
    public long getSigned() {
        long folded = getVar();
        return (folded >>> 1) ^ -(folded & 1);
    }

    /** A text as {@link ByteWriter#putText} wrote it. */
    public String getText() {
        int length = length();
        String text = new String(bytes, place, length, StandardCharsets.UTF_8);
        place += length;
        return text;
    }

    private int length() {
        long length = getVar();
        if (length < 0 || length > bytes.length - place) {
            throw new IllegalStateException("text of " + length + " bytes does not fit into record, at byte " + place);
        }
        return (int) length;
    }
}
