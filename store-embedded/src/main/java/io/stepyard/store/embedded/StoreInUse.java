package io.stepyard.store.embedded;

import java.nio.file.Path;

/** Somebody else has the store's directory open: one line for people that says where and who. */
public final class StoreInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreInUse(Path directory, String pid) {
        super("Expected the store in " + directory + " to be free, but process "
                + (pid.isEmpty() ? "(unknown)" : pid) + " has it open");
    }
}
