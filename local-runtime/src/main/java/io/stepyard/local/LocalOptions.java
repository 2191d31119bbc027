package io.stepyard.local;

import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.tenant.TenantLimits;
import io.stepyard.core.tenant.TenantsJson;
import io.stepyard.model.job.DurationText;
import io.stepyard.scheduler.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime is started with.
 *
 * @param stateDir everything that outlives the process
 * @param apiPort of the job API, 0 for a free one
 * @param stepFunctionsPort of the Step Functions API, 0 for a free one
 * @param tick pause between scheduling passes that nothing has asked for
 * @param poll shortest pause between two looks of an execution at its job
 * @param policy name of the scheduling policy
 * @param prediction what expected starts go by
 * @param tenants what tenants may have; null leaves what was agreed last
 * @param settings everything that few people set
 */
record LocalOptions(Path stateDir, int apiPort, int stepFunctionsPort, List<ClusterPlan> clusters, Duration tick,
        Duration poll, String policy, SchedulerSettings.Prediction prediction,
        TenantLimits.@Nullable Table tenants, RuntimeSettings settings) {

    static final int API_PORT = 8084;
    static final int STEP_FUNCTIONS_PORT = 8083;

    static final String USAGE = "options: [--state-dir .stepyard] [--api-port 8084] [--step-functions-port 8083]"
            + " [--clusters FILE] [--tick 1s] [--poll-seconds 1] [--policy default]"
            + " [--prediction last-two|limit] [--tenants FILE] [--settings FILE]";

    LocalOptions {
        clusters = List.copyOf(clusters);
        if (tick.isNegative() || tick.isZero()) {
            throw new IllegalArgumentException("--tick: expected a duration above 0, but found " + tick);
        }
    }

    /** @throws IllegalArgumentException saying what was found and what is expected */
    static LocalOptions parse(List<String> words) {
        Path stateDir = Path.of(".stepyard");
        int apiPort = API_PORT;
        int stepFunctionsPort = STEP_FUNCTIONS_PORT;
        List<ClusterPlan> clusters = ClusterPlan.DEFAULT;
        Duration tick = null;
        Duration poll = null;
        String policy = "";
        String prediction = "";
        TenantLimits.Table tenants = null;
        RuntimeSettings settings = RuntimeSettings.DEFAULT;
        Iterator<String> next = split(words).iterator();
        while (next.hasNext()) {
            String option = next.next();
            switch (option) {
                case "--state-dir" -> stateDir = Path.of(value(option, next));
                case "--api-port" -> apiPort = port(option, value(option, next));
                case "--step-functions-port" -> stepFunctionsPort = port(option, value(option, next));
                case "--clusters" -> clusters = ClustersFile.read(Path.of(value(option, next)));
                case "--tick" -> tick = duration(option, value(option, next));
                case "--poll-seconds" -> poll = Duration.ofSeconds(number(option, value(option, next), 1, 3600));
                case "--policy" -> policy = value(option, next);
                case "--tenants" -> tenants = tenants(Path.of(value(option, next)));
                case "--prediction" -> prediction = value(option, next);
                case "--settings" -> settings = RuntimeSettings.read(Path.of(value(option, next)));
                default ->
                    throw new IllegalArgumentException("Expected an option, but found '" + option + "'; " + USAGE);
            }
        }
        return new LocalOptions(stateDir.toAbsolutePath().normalize(), apiPort, stepFunctionsPort, clusters,
                tick == null ? settings.tick() : tick, poll == null ? settings.pollWait() : poll,
                policy(policy.isEmpty() ? settings.scheduler().policy() : policy), prediction.isEmpty()
                        ? settings.scheduler().prediction()
                        : prediction(prediction),
                tenants, settings);
    }

    /** {@code --name=value} is {@code --name value}. */
    private static List<String> split(List<String> words) {
        List<String> parts = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (word.startsWith("--") && equals > 2) {
                parts.add(word.substring(0, equals));
                parts.add(word.substring(equals + 1));
            } else {
                parts.add(word);
            }
        }
        return parts;
    }

    private static String value(String option, Iterator<String> next) {
        if (!next.hasNext()) {
            throw new IllegalArgumentException("Expected a value after " + option + ", but found none; " + USAGE);
        }
        return next.next();
    }

    private static SchedulerSettings.Prediction prediction(String name) {
        try {
            return SchedulerSettings.Prediction.named(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("--prediction: " + unknown.getMessage(), unknown);
        }
    }

    private static TenantLimits.Table tenants(Path file) {
        try {
            return TenantsJson.read(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("--tenants: " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    private static String policy(String name) {
        try {
            Policies.named(name);
            return name;
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("--policy: " + unknown.getMessage(), unknown);
        }
    }

    private static Duration duration(String option, String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(option + ": " + malformed.getMessage(), malformed);
        }
    }

    private static int port(String option, String text) {
        return number(option, text, 0, 65_535);
    }

    private static int number(String option, String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    option + ": expected a whole number from " + min + " to " + max + ", but found '" + text + "'",
                    malformed);
        }
        throw new IllegalArgumentException(
                option + ": expected a whole number from " + min + " to " + max + ", but found '" + text + "'");
    }
}
