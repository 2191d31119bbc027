package io.stepyard.cli.service;

import java.time.Duration;

/** Waiting as something that is handed in, so that tests of waiting commands do not wait. */
@FunctionalInterface
public interface Pause {

    /** Returns after the duration, or earlier with the thread's interrupt flag set. */
    void pause(Duration duration);

    /** The real one. */
    static Pause real() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
