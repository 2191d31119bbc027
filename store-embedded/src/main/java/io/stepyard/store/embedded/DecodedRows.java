package io.stepyard.store.embedded;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Rows that were read before, by their very text: equal texts are equal rows, so nothing here can be out of date. Every pass of the
 * scheduler reads the whole head of the queue and every live run, of which few have changed. The rows used last are kept. Safe for many
 * threads.
 */
final class DecodedRows<T> {

    /** A text that is longer is decoded every time, or a few of them would push out all others. */
    private static final int MAX_ROW_CHARACTERS = 16 * 1024;

    private final long maxCharacters;
    private final Function<String, T> decoder;
    private final Map<String, T> byText = new LinkedHashMap<>(256, 0.75f, true);
    private long characters;

    /** @param maxCharacters of all texts together */
    DecodedRows(long maxCharacters, Function<String, T> decoder) {
        this.maxCharacters = maxCharacters;
        this.decoder = decoder;
    }

    T of(String text) {
        synchronized (this) {
            T known = byText.get(text);
            if (known != null) {
                return known;
            }
        }
        T decoded = decoder.apply(text);
        learn(text, decoded);
        return decoded;
    }

    /** What a text stands for, from somebody who knows without decoding it. */
    synchronized void learn(String text, T decoded) {
        if (text.length() > MAX_ROW_CHARACTERS) {
            return;
        }
        if (byText.put(text, decoded) == null) {
            characters += text.length();
        }
        Iterator<String> eldest = byText.keySet().iterator();
        while (characters > maxCharacters) {
            characters -= eldest.next().length();
            eldest.remove();
        }
    }
}
