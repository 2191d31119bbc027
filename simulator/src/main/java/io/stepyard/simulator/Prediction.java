package io.stepyard.simulator;

import java.util.HashMap;
import java.util.Map;

/**
 * How long a job is expected to run, and what happens to that when it runs longer.
 *
 * @param predictor gives the first expectation, when the job is submitted
 * @param corrector gives the next one, when the job outlives its last
 */
public record Prediction(Predictor predictor, Corrector corrector) {

    /** The user's limit. */
    public static final Prediction REQUEST = new Prediction(Predictor.REQUEST, Corrector.REQUEST);

    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    /** What is added to the first expectation, correction by correction. */
    private static final long[] STEPS = {MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 5 * HOUR,
            10 * HOUR, 20 * HOUR, 50 * HOUR, 100 * HOUR};

    /** What is expected at submission. */
    public enum Predictor {
        REQUEST, EXACT, DOUBLE_REQUEST, LAST_TWO
    }

    /** What is expected once the last expectation has passed. */
    public enum Corrector {
        REQUEST, STEPS, DOUBLE
    }

    /** What has been seen of users so far. */
    static final class Memory {

        private final Prediction prediction;
        private final Map<String, long[]> lastTwo = new HashMap<>();

        Memory(Prediction prediction) {
            this.prediction = prediction;
        }

        long predict(TraceJob job) {
            return switch (prediction.predictor()) {
                case REQUEST -> job.requestSeconds();
                case EXACT -> job.runSeconds();
                case DOUBLE_REQUEST -> 2 * job.requestSeconds();
                case LAST_TWO -> {
                    long[] runs = lastTwo.get(job.user());
                    yield runs == null || runs[1] == 0
                            ? job.requestSeconds()
                            : Math.max(1, Math.min(job.requestSeconds(), (runs[0] + runs[1]) / 2));
                }
            };
        }

        void learn(TraceJob job) {
            if (prediction.predictor() == Predictor.LAST_TWO) {
                long[] runs = lastTwo.computeIfAbsent(job.user(), _ -> new long[2]);
                runs[1] = runs[0];
                runs[0] = job.runSeconds();
            }
        }

        /**
         * @param first what was expected at submission
         * @param last what was expected until now
         * @param corrections made to this job before
         */
        long correct(TraceJob job, long first, long last, int corrections) {
            return switch (prediction.corrector()) {
                case REQUEST -> job.requestSeconds();
                case STEPS -> corrections < STEPS.length
                        ? Math.min(job.requestSeconds(), first + STEPS[corrections])
                        : job.requestSeconds();
                case DOUBLE -> 2 * last;
            };
        }
    }
}
