package io.stepyard.clusters.call;

import java.nio.charset.StandardCharsets;

/** Bytes that a program wrote, as text. Pure. */
public final class OutputText {

    private OutputText() {}

    /** The last part, at most {@code maxBytes} bytes in UTF-8, beginning with a whole character. Broken characters become U+FFFD. */
    public static String tail(byte[] bytes, int maxBytes) {
        String text = decode(bytes, Math.max(0, bytes.length - maxBytes));
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        // A replacement character is longer than the byte that it stands for.
        return encoded.length <= maxBytes ? text : decode(encoded, encoded.length - maxBytes);
    }

    private static String decode(byte[] bytes, int from) {
        int start = from;
        if (from > 0) {
            while (start < bytes.length && start < from + 3 && (bytes[start] & 0xC0) == 0x80) {
                start++;
            }
        }
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }
}
