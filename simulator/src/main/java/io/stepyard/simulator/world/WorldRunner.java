package io.stepyard.simulator.world;

import io.stepyard.simulator.world.Verdict.Failure;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs single worlds and says how they ended. */
final class WorldRunner {

    /** Every so many seeds the same world is run a second time. */
    private static final int RUN_TWICE = 50;
    private static final int LINES = 40;

    private WorldRunner() {}

    /** A world that has been run, and what was broken in it. */
    private record Finished(World world, @Nullable Failure failure) {}

    static Verdict verdict(long seed) {
        Finished first = run(seed, false);
        WorldResult result = first.world().result();
        boolean twice = seed % RUN_TWICE == 0;
        Failure failure = first.failure();
        if (twice && failure == null) {
            long again = run(seed, false).world().result().traceHash();
            if (again != result.traceHash()) {
                failure = new Failure("I-14", "", "two runs of the same seed left the traces "
                        + Long.toHexString(result.traceHash()) + " and " + Long.toHexString(again));
            }
        }
        return new Verdict(seed, result, failure, twice);
    }

    /**
     * What a world was like, told once more.
     *
     * @param lines the last lines of its trace that speak of the subject, or of everything when it has none
     */
    record Replay(Verdict verdict, List<String> lines) {}

    /** @param subject job or cluster to be told of; empty for what the failure is about */
    static Replay replay(long seed, String subject) {
        Finished again = run(seed, true);
        Failure failure = again.failure();
        String about = subject.isEmpty() && failure != null ? failure.subject() : subject;
        return new Replay(new Verdict(seed, again.world().result(), failure, false),
                again.world().trace().linesOf(about, LINES));
    }

    private static Finished run(long seed, boolean recording) {
        World world = new World(seed, recording);
        try {
            world.run();
            return new Finished(world, null);
        } catch (Violation broken) {
            return new Finished(world, new Failure(broken.promise(), broken.subject(), text(broken)));
        } catch (RuntimeException | StackOverflowError defect) {
            return new Finished(world, new Failure("defect", "", defect + " at " + place(defect)));
        }
    }

    private static String text(Throwable thrown) {
        return Objects.requireNonNullElse(thrown.getMessage(), "no message");
    }

    private static String place(Throwable thrown) {
        return thrown.getStackTrace().length == 0 ? "?" : thrown.getStackTrace()[0].toString();
    }
}
