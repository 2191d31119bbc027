package io.stepyard.localcluster;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys that were cancelled while nothing was known under them: whatever comes under them later, out of a network that was slow, is refused.
 * The youngest {@value #KEPT} are kept. Not safe for several threads by itself.
 */
final class ClosedKeys {

    static final int KEPT = 10_000;

    private final Set<String> keys = new LinkedHashSet<>();

    /** @return false when it was closed before */
    boolean add(String key) {
        boolean fresh = keys.add(key);
        if (keys.size() > KEPT) {
            keys.remove(keys.iterator().next());
        }
        return fresh;
    }

    boolean contains(String key) {
        return keys.contains(key);
    }

    int size() {
        return keys.size();
    }

    List<String> all() {
        return List.copyOf(keys);
    }
}
