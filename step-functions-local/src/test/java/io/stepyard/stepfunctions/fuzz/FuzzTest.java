package io.stepyard.stepfunctions.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A proper answer to whatever comes. A short run here; {@code build/engine-fuzz.sh 1000000} for a long one. A failure names its
 * case: the same seed and case ({@code -Dfuzz.seed=N -Dfuzz.first=N -Dfuzz.cases=1}) give the same again.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121L);
    private static final int FIRST = Integer.getInteger("fuzz.first", 0);
    private static final int CASES = Integer.getInteger("fuzz.cases", 6_000);
    private static final int CHECKPOINTS = 10;
    /** What the heap may differ by for reasons of its own: caches of the JDK, code that became warm. */
    private static final long SLACK_BYTES = 8 << 20;

    @Test
    @Timeout(7_200)
    void shouldAnswerProperlyToWhateverComesAndGrowByNothing(@TempDir Path directory) throws Exception {
        long began = System.nanoTime();
        long warm = 0;
        long last = 0;
        try (Fuzzer fuzzer = new Fuzzer(SEED, directory)) {
            for (int part = 0; part < CHECKPOINTS; part++) {
                for (int i = CASES * part / CHECKPOINTS; i < (int) ((long) CASES * (part + 1) / CHECKPOINTS); i++) {
                    fuzzer.run(FIRST + i);
                }
                last = fuzzer.heapAfterHousekeeping();
                warm = part == 1 ? last : warm;
            }
            Map<String, Integer> answers = fuzzer.answers();
            System.out.printf(
                    "%d cases, seed %d, %.0f s; heap after two tenths %.1f MB, at the end %.1f MB; slowest case %d: %d ms%n",
                    CASES, SEED, Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0, warm / 1e6,
                    last / 1e6,
                    fuzzer.slowestCase(), fuzzer.slowestMillis());
            answers.forEach((answer, count) -> System.out.printf("%10d  %s%n", count, answer));
            assertThat(fuzzer.failures()).as("%d cases not answered properly", fuzzer.failures().size()).isEmpty();
            if (CASES >= 5_000) {
                assertThat(answers.keySet()).as("all kinds of cases").contains("http 400 ValidationException",
                        "http 400 SerializationException", "definition InvalidDefinition", "definition SUCCEEDED",
                        "definition FAILED", "input SUCCEEDED", "input FAILED", "token InvalidToken",
                        "token TaskDoesNotExist", "token TaskTimedOut");
                assertThat(last - warm).as("bytes that the heap grew by").isLessThan(SLACK_BYTES);
            }
        }
    }
}
