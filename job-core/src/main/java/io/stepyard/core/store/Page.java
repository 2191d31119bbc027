package io.stepyard.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list. {@code nextCursor} is null at the end. Cursors are opaque; a malformed one is an IllegalArgumentException. */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }
}
