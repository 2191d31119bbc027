package io.stepyard.localcluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The cluster's own directory, held by one living cluster at a time. */
final class StateDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lockFile;
    private final String identity;

    private StateDirectory(Path path, FileChannel lockFile, String identity) {
        this.path = path;
        this.lockFile = lockFile;
        this.identity = identity;
    }

    static StateDirectory open(Path directory) throws ClusterStartException {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path.resolve("runs"));
            FileChannel lockFile = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new ClusterStartException(ClusterStartException.Reason.STATE_DIRECTORY_IN_USE,
                        "state directory " + path
                                + " is in use by a living cluster; stop it or choose another --state-dir");
            }
            return new StateDirectory(path, lockFile, identity(path));
        } catch (IOException failure) {
            throw new ClusterStartException(ClusterStartException.Reason.STATE_UNUSABLE,
                    "state directory " + path + " cannot be used: " + failure, failure);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static String identity(Path path) throws IOException {
        Path file = path.resolve("identity");
        if (!Files.exists(file)) {
            writeAtomically(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
        }
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    Path path() {
        return path;
    }

    Path runs() {
        return path.resolve("runs");
    }

    Path journal() {
        return path.resolve("journal.ndjson");
    }

    /** A name that no other state directory has. */
    String identity() {
        return identity;
    }

    /** Tells whoever started the cluster where it is. */
    void announce(JsonMapper json, String name, int port) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("pid", ProcessHandle.current().pid());
        facts.put("port", port);
        facts.put("name", name);
        facts.put("instance", identity);
        writeAtomically(path.resolve("cluster.json"), json.writeValueAsBytes(facts));
    }

    private static void writeAtomically(Path file, byte[] bytes) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, bytes);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path.resolve("cluster.json"));
        lockFile.close();
    }
}
