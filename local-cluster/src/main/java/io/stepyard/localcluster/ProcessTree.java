package io.stepyard.localcluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * All processes of one run: its session, whoever descends from its launcher, and whoever carries its mark in the environment although
 * it left the session. Without /proc, the descendants alone.
 */
final class ProcessTree {

    static final String MARK = "STEPYARD_RUN";

    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));
    private static final long FIRST_PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private final ProcessIdentity launcher;
    private final byte[] mark;
    /** Seen before as one of the run's, by pid: descendants whose parents died stay in sight. */
    private final Map<Long, ProcessHandle> known = new LinkedHashMap<>();

    ProcessTree(ProcessIdentity launcher, String mark) {
        this.launcher = launcher;
        this.mark = (MARK + "=" + mark + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** Asks every process to end, insists after the grace, and returns when none is left. */
    void end(Duration grace) {
        long insistAt = System.nanoTime() + grace.toNanos();
        Set<Long> asked = new HashSet<>();
        long pause = FIRST_PAUSE_NANOS;
        for (Map<Long, ProcessHandle> alive = alive(); !alive.isEmpty(); alive = alive()) {
            boolean insist = System.nanoTime() - insistAt >= 0;
            alive.forEach((pid, process) -> {
                if (insist) {
                    process.destroyForcibly();
                } else if (pid != launcher.pid() && asked.add(pid)) {
                    // The launcher stays for the grace: it writes down how the program ended.
                    process.destroy();
                }
            });
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    private Map<Long, ProcessHandle> alive() {
        if (!launcher.sameBoot()) {
            return Map.of();
        }
        if (launcher.isAlive()) {
            ProcessHandle.of(launcher.pid()).ifPresent(root -> {
                known.put(root.pid(), root);
                root.descendants().forEach(child -> known.putIfAbsent(child.pid(), child));
            });
        }
        if (HAS_PROC) {
            scan();
        }
        known.values().removeIf(process -> !process.isAlive()
                || (HAS_PROC && ProcStat.of(process.pid()).map(ProcStat::isDead).orElse(true)));
        return Map.copyOf(known);
    }

    private void scan() {
        boolean sessionIsOurs = sessionIsOurs();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                Optional<ProcStat> stat = ProcStat.of(pid).filter(process -> !process.isDead());
                if (stat.isPresent()
                        && ((sessionIsOurs && stat.get().session() == launcher.pid()) || isMarked(entry))) {
                    ProcessHandle.of(pid).ifPresent(process -> known.putIfAbsent(pid, process));
                }
            }
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException("Cannot read /proc to end a run's processes", unreadable);
        }
    }

    /** A pid is not given out again while a session bears it; once its leader is another process, the session is another's. */
    private boolean sessionIsOurs() {
        if (launcher.startTick() < 0) {
            return false;
        }
        return ProcStat.of(launcher.pid()).map(leader -> leader.startTick() == launcher.startTick()).orElse(true);
    }

    private boolean isMarked(Path entry) {
        try {
            return contains(Files.readAllBytes(entry.resolve("environ")), mark);
        } catch (IOException notOurs) {
            // Gone meanwhile, or another user's: then it is none of ours either.
            return false;
        }
    }

    private static boolean contains(byte[] text, byte[] wanted) {
        for (int at = 0; at + wanted.length <= text.length; at++) {
            if ((at == 0 || text[at - 1] == 0)
                    && java.util.Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
