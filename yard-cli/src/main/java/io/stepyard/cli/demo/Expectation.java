package io.stepyard.cli.demo;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an example must end.
 *
 * @param state a final job state, or REFUSED when the job must not be taken at all
 * @param attempts exact number of attempts; null when it does not matter
 * @param cluster where the last attempt must have run; null when it does not matter
 * @param errorContains what the failure's message or error output must contain; null when it does not matter
 * @param overtakes how many jobs of lower priority, submitted earlier, must start later; 0 when it does not matter
 * @param faults JSON pointers at which a refused job must have faults, all of them and no others
 */
record Expectation(String state, @Nullable Integer attempts, @Nullable String cluster, @Nullable String errorContains,
        int overtakes, List<String> faults) {

    static final String REFUSED = "REFUSED";

    Expectation {
        faults = List.copyOf(Objects.requireNonNullElse(faults, List.of()));
    }

    boolean isRefusal() {
        return state.equals(REFUSED);
    }
}
