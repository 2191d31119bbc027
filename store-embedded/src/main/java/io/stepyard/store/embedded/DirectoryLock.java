package io.stepyard.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One process at a time in a store's directory. The operating system gives the lock back when the process dies, however it dies. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel file;

    private DirectoryLock(FileChannel file) {
        this.file = file;
    }

    /** @throws StoreInUse when somebody else has it */
    static DirectoryLock take(Path directory) throws IOException {
        Path path = directory.resolve("store.lock");
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(file);
            if (lock == null) {
                throw new StoreInUse(directory, Files.readString(path).strip());
            }
            file.truncate(0);
            file.write(ByteBuffer
                    .wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
            return new DirectoryLock(file);
        } catch (IOException | RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
