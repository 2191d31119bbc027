package io.stepyard.localcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands directories of forgotten runs to the runner; those that come while the journal is read wait until there is one. */
final class Forgetter implements Consumer<Path> {

    private final List<Path> early = new ArrayList<>();
    private @Nullable Runner runner;

    @Override
    public synchronized void accept(Path directory) {
        if (runner == null) {
            early.add(directory);
        } else {
            runner.forget(directory);
        }
    }

    synchronized void connect(Runner connected) {
        runner = connected;
        early.forEach(connected::forget);
        early.clear();
    }
}
