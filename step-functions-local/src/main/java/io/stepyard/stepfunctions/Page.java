package io.stepyard.stepfunctions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items
 *            what this page holds
 * @param nextToken
 *            asks for the next page, or null where this was the last
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {
    public Page {
        items = List.copyOf(items);
    }
}
