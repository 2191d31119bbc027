package io.stepyard.localcluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ended runs that are kept, oldest end first; the sequence of ends has no gaps. Not safe for several threads by itself. */
final class EndedRuns {

    private final int retention;
    private final Map<String, EndedRun> byKey = new HashMap<>();
    private final ArrayDeque<EndedRun> byEnd = new ArrayDeque<>();

    EndedRuns(int retention) {
        this.retention = retention;
    }

    /** @return the run that is forgotten in its place, if any */
    @Nullable
    EndedRun add(EndedRun run) {
        byKey.put(run.key(), run);
        byEnd.addLast(run);
        if (byEnd.size() <= retention) {
            return null;
        }
        EndedRun eldest = byEnd.removeFirst();
        byKey.remove(eldest.key(), eldest);
        return eldest;
    }

    @Nullable
    EndedRun get(String key) {
        return byKey.get(key);
    }

    int size() {
        return byEnd.size();
    }

    Iterable<EndedRun> all() {
        return byEnd;
    }

    /** The sequence number of the oldest end that is kept, or {@code next} when there is none. */
    long firstSequence(long next) {
        EndedRun first = byEnd.peekFirst();
        return first == null ? next : first.sequence();
    }

    /** Those that ended after {@code sequence}, oldest first, at most {@code limit}; found from the young end, where callers live. */
    List<EndedRun> after(long sequence, int limit) {
        List<EndedRun> found = new ArrayList<>();
        Iterator<EndedRun> young = byEnd.descendingIterator();
        while (young.hasNext()) {
            EndedRun run = young.next();
            if (run.sequence() <= sequence) {
                break;
            }
            found.add(run);
        }
        List<EndedRun> oldestFirst = found.reversed();
        return List.copyOf(oldestFirst.subList(0, Math.min(limit, oldestFirst.size())));
    }
}
