package io.stepyard.stepfunctions.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with the few primitive forms the journal uses. Not thread safe. */
public final class ByteWriter {
    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** One byte. */
    public ByteWriter put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** A number, seven bits a byte; small numbers are short. Negative numbers take ten bytes. */
    public ByteWriter putVar(long number) {
        ensure(10);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** A number that may be negative, folded so that small ones are short. */
    public ByteWriter putSigned(long number) {
        return putVar((number << 1) ^ (number >> 63));
    }

    /** A text in UTF-8 with its length. */
    public ByteWriter putText(String text) {
        return putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes with their length. */
    public ByteWriter putBytes(byte[] value) {
        putVar(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
