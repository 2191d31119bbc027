package io.stepyard.stepfunctions.time;

import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns in the order they are due; those due at the same instant in the order they were set. Not thread safe. */
final class AlarmQueue {
    private static final Comparator<Entry> ORDER = Comparator.comparingLong((Entry e) -> e.second)
            .thenComparingInt(e -> e.nano).thenComparingLong(e -> e.sequence);
    private final TreeSet<Entry> entries = new TreeSet<>(ORDER);
    private long sequence;

    /** One turn. Two numbers instead of an Instant: there may be a hundred thousand of them. */
    final class Entry implements Runner.Alarm {
        private final long second;
        private final int nano;
        private final long sequence;
        private final Runnable turn;

        private Entry(Instant due, Runnable turn) {
            this.second = due.getEpochSecond();
            this.nano = due.getNano();
            this.sequence = AlarmQueue.this.sequence++;
            this.turn = turn;
        }

        @Override
        public Instant due() {
            return Instant.ofEpochSecond(second, nano);
        }

        @Override
        public void cancel() {
            entries.remove(this);
        }
    }

    Entry add(Instant due, Runnable turn) {
        Entry entry = new Entry(due, turn);
        entries.add(entry);
        return entry;
    }

    /** When the next one is due, or null where there is none. */
    @Nullable
    Instant nextDue() {
        return entries.isEmpty() ? null : entries.first().due();
    }

    /** Takes the next one if it is due by now, or answers null. */
    @Nullable
    Runnable pollDue(Instant now) {
        if (entries.isEmpty() || entries.first().due().isAfter(now)) {
            return null;
        }
        Entry first = entries.first();
        entries.remove(first);
        return first.turn;
    }

    int size() {
        return entries.size();
    }
}
