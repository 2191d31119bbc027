package io.stepyard.localcluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is used of a line of /proc/pid/stat. */
record ProcStat(long pid, char state, long session, long startTick) {

    /** Positions after the command's closing bracket, see proc(5): state is field 3, session field 6, start time field 22. */
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int START = 19;

    static Optional<ProcStat> parse(String line) {
        int bracket = line.lastIndexOf(')');
        int space = line.indexOf(' ');
        if (bracket < 0 || space < 0 || bracket + 2 >= line.length()) {
            return Optional.empty();
        }
        String[] fields = line.substring(bracket + 2).strip().split(" ");
        if (fields.length <= START) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcStat(Long.parseLong(line.substring(0, space)), fields[STATE].charAt(0),
                    Long.parseLong(fields[SESSION]), Long.parseLong(fields[START])));
        } catch (NumberFormatException otherForm) {
            return Optional.empty();
        }
    }

    /** Empty when there is no such process, or no /proc. */
    static Optional<ProcStat> of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    boolean isDead() {
        return state == 'Z' || state == 'X';
    }
}
