package io.stepyard.localcluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, told apart from a later one with the same pid: by the boot it belongs to and the tick it started in where /proc says so,
 * elsewhere by its start time.
 *
 * @param boot id of the machine's boot, or {@code -} where the system has none
 * @param startTick clock ticks from boot to the process's start, or -1
 * @param claimedAt when the launcher wrote its claim, its first act
 */
record ProcessIdentity(long pid, String boot, long startTick, Instant claimedAt) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String CURRENT_BOOT = readBoot();
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    /** Reads a claim: pid, boot id, the line of /proc/pid/stat, a full stop. */
    static Optional<ProcessIdentity> parse(String claim, Instant claimedAt) {
        String[] words = claim.split(" ", 3);
        if (words.length < 3 || !claim.endsWith(" .\n")) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(words[0]);
            String stat = words[2].substring(0, words[2].length() - 3);
            return Optional
                    .of(new ProcessIdentity(pid, words[1], ProcStat.parse(stat).map(ProcStat::startTick).orElse(-1L),
                            claimedAt));
        } catch (NumberFormatException noPid) {
            return Optional.empty();
        }
    }

    boolean isAlive() {
        if (startTick >= 0) {
            return currentBoot().equals(boot)
                    && ProcStat.of(pid).filter(stat -> stat.startTick() == startTick && !stat.isDead()).isPresent();
        }
        return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant())
                .filter(start -> Duration.between(start, claimedAt).abs().compareTo(START_TOLERANCE) < 0).isPresent();
    }

    /** Whether processes of this run's session can exist at all: not after a reboot. */
    boolean sameBoot() {
        return startTick < 0 || currentBoot().equals(boot);
    }

    /** The same as long as this process lives. */
    static String currentBoot() {
        return CURRENT_BOOT;
    }

    private static String readBoot() {
        try {
            return Files.readString(BOOT, StandardCharsets.US_ASCII).strip();
        } catch (IOException none) {
            return "-";
        }
    }
}
