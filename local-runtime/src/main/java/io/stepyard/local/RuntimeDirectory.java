package io.stepyard.local;

import io.stepyard.local.StartException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The runtime's own directory, held by one living runtime at a time. */
final class RuntimeDirectory implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    private final FileChannel lockFile;

    private RuntimeDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    static RuntimeDirectory open(Path directory) throws StartException {
        try {
            create(directory);
            Files.createDirectories(directory.resolve("logs"));
            FileChannel lockFile = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new StartException(Reason.STATE_DIRECTORY_IN_USE, "a runtime is already running on "
                        + directory + " (" + where(directory) + "); stop it or choose another --state-dir");
            }
            return new RuntimeDirectory(directory, lockFile);
        } catch (IOException unusable) {
            throw new StartException(Reason.STATE_UNUSABLE,
                    "state directory " + directory + " cannot be used: " + why(unusable)
                            + "; choose another --state-dir",
                    unusable);
        }
    }

    /** In words for people: the names of the classes of these failures say little to them. */
    private static String why(IOException unusable) {
        return switch (unusable) {
            case FileAlreadyExistsException _,NotDirectoryException _ -> "something else has that name";
            case AccessDeniedException denied -> "access denied to " + denied.getFile();
            case NoSuchFileException absent -> absent.getFile() + " cannot be made";
            case FileSystemException failed when failed.getReason() != null ->
                failed.getFile() + ": " + failed.getReason();
            default -> unusable.toString();
        };
    }

    /** For its owner alone: what lies there lets its reader answer for executions. */
    private static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(directory,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static String where(Path directory) {
        try {
            return JSON.readTree(Files.readString(directory.resolve("runtime.json"))).path("jobApi")
                    .asString("starting");
        } catch (IOException | RuntimeException unreadable) {
            return "starting";
        }
    }

    Path store() {
        return path.resolve("store");
    }

    Path engine() {
        return path.resolve("engine");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path rehearsal() {
        return path.resolve("rehearsal");
    }

    Path cluster(String name) {
        return path.resolve("clusters").resolve(name);
    }

    /** Tells other programs where the runtime is; the file is gone when it is not running, unless it was killed. */
    void announce(Addresses addresses) throws IOException {
        Path next = path.resolve("runtime.json.next");
        Files.writeString(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(addresses));
        Files.move(next, path.resolve("runtime.json"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path.resolve("runtime.json"));
        lockFile.close();
    }
}
