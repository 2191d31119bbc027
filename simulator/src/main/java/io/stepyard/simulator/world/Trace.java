package io.stepyard.simulator.world;

import io.stepyard.core.store.JobEvent;
import io.stepyard.core.store.JobRun;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What has happened in a world, as one number; the last lines as text where somebody wants to read them. */
final class Trace {

    private static final int KEPT = 100_000;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final InstantSource clock;
    private final boolean recording;
    private final Deque<String> lines = new ArrayDeque<>();
    private long hash = PRIME;
    private long steps;

    Trace(InstantSource clock, boolean recording) {
        this.clock = clock;
        this.recording = recording;
    }

    void note(String what, String subject) {
        note(what, subject, "");
    }

    void note(String what, String subject, Object detail) {
        Instant now = clock.instant();
        steps++;
        String text = detail.toString();
        mix(now.getEpochSecond() * 1_000_000_007L + now.getNano());
        mix(what.hashCode());
        mix(subject.hashCode());
        mix(text.hashCode());
        if (recording) {
            keep(now + " " + what + " " + subject + (text.isEmpty() ? "" : " " + text));
        }
    }

    /** A job's row has been written. */
    void note(JobRun run) {
        steps++;
        mix(clock.instant().getEpochSecond());
        mix(run.jobId().hashCode() * 31L + run.version());
        mix(run.state().name().hashCode());
        if (recording) {
            JobEvent last = run.events().getLast();
            keep(clock.instant() + " row " + run.jobId() + " v" + run.version() + " " + run.state() + " attempt "
                    + run.attempts().size() + ": " + last.type() + " " + last.at() + " " + last.detail());
        }
    }

    private void keep(String line) {
        lines.add(line);
        if (lines.size() > KEPT) {
            lines.remove();
        }
    }

    private void mix(long value) {
        hash = Long.rotateLeft(hash ^ value, 27) * PRIME;
        hash ^= hash >>> 31;
    }

    /** The same for two runs in which the same things happened at the same times in the same order. */
    long hash() {
        return hash;
    }

    long steps() {
        return steps;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The last lines that speak of a subject. */
    List<String> linesOf(String subject, int count) {
        List<String> found = lines.stream().filter(line -> line.contains(subject)).toList();
        return found.subList(Math.max(0, found.size() - count), found.size());
    }
}
