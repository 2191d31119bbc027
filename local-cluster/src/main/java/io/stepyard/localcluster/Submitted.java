package io.stepyard.localcluster;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What became of a request. */
sealed interface Submitted {
    record Taken(RunView view, boolean fresh, CompletableFuture<Void> durable, @Nullable LiveRun run)
            implements
                Submitted {}

    record OverCapacity(String message) implements Submitted {}

    /** The key was cancelled before its submission came. */
    record Closed(String message) implements Submitted {}

    record ShuttingDown() implements Submitted {}
}
