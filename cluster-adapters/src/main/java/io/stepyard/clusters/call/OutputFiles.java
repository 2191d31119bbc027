package io.stepyard.clusters.call;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.ClusterRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What jobs wrote to files that the cluster and this process both see. */
public final class OutputFiles {

    private OutputFiles() {}

    /**
     * The last part of a file; empty when there is none.
     *
     * @throws ClusterUnavailable when it is there and cannot be read
     */
    public static String tail(ClusterRecord cluster, Path file, int maxBytes) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            // A few bytes more than wanted, so that the first character kept can be a whole one.
            channel.position(Math.max(0, size - maxBytes - 3L));
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - channel.position()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all is there.
            }
            byte[] read = new byte[bytes.position()];
            bytes.flip().get(read);
            return OutputText.tail(read, maxBytes);
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException unreadable) {
            throw ClusterCalls.unavailable(ClusterUnavailable.Kind.NONSENSE, cluster,
                    "expected to read " + file + ", but found " + unreadable.getMessage(), unreadable);
        }
    }
}
