package io.stepyard.localcluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Bounds captured output. A file that has grown past the cap is cut down to its end, after a line that says so. The program goes on
 * writing undisturbed (its file is open for appending); what it writes during the cut may be lost, which the line says, too.
 */
final class OutputCap {

    private static final int KEPT_BYTES = 1024 * 1024;

    private final long capBytes;

    OutputCap(long capBytes) {
        this.capBytes = capBytes;
    }

    /** @return whether the file was cut */
    boolean apply(Path file) throws IOException {
        // No system call but one stat for the many runs that write little.
        if (file.toFile().length() <= capBytes) {
            return false;
        }
        byte[] end = RunDirectory.tail(file, (int) Math.min(KEPT_BYTES, capBytes / 2));
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(0);
        }
        String note = "[stepyard: output above " + capBytes + " bytes, earlier output was dropped]\n";
        try (java.io.FileOutputStream append = new java.io.FileOutputStream(file.toFile(), true)) {
            append.write(note.getBytes(StandardCharsets.UTF_8));
            append.write(end);
        }
        return true;
    }
}
