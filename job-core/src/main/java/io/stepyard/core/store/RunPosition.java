package io.stepyard.core.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/** A place in the list of runs, newest first: what a cursor carries, for every store alike. */
public record RunPosition(Instant submittedAt, String jobId) implements Comparable<RunPosition> {

    private static final Comparator<RunPosition> NEWEST_FIRST = Comparator.comparing(RunPosition::submittedAt)
            .thenComparing(RunPosition::jobId).reversed();

    public static RunPosition of(JobRun run) {
        return new RunPosition(run.submittedAt(), run.jobId());
    }

    /** @throws IllegalArgumentException when the text did not come from {@link #toCursor} */
    public static RunPosition fromCursor(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
            if (parts.length == 2 && !parts[1].isEmpty()) {
                return new RunPosition(Instant.parse(parts[0]), parts[1]);
            }
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException("Expected a cursor from the page before, but found '" + cursor + "'",
                    malformed);
        }
        throw new IllegalArgumentException("Expected a cursor from the page before, but found '" + cursor + "'");
    }

    public String toCursor() {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString((submittedAt + " " + jobId).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place as text that sorts as the place does, oldest first: 19 digits of nanoseconds since 1970, {@code #}, jobId.
     *
     * @throws IllegalArgumentException when the instant is not from 1970 to 2262
     */
    public String sortKey() {
        return SortableInstant.of(submittedAt) + "#" + jobId;
    }

    @Override
    public int compareTo(RunPosition other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
