package io.stepyard.local;

import io.stepyard.asl.JobManagerSettings;
import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.function.FunctionSettings;
import io.stepyard.scheduling.SchedulerComposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code --settings FILE} may set: a JSON object of names and values, each with a default. The names are those of the services'
 * settings without their prefix, see docs/yard.md.
 *
 * @param tick pause between scheduling passes that nothing has asked for; {@code --tick} goes before it
 * @param pollWait shortest pause between two looks of an execution at its job; {@code --poll-seconds} goes before it
 * @param pollFraction part of the time a job has run that is waited between two looks at it
 * @param sweepEvery pause between two sweeps over jobs that nobody else may be looking at
 */
record RuntimeSettings(SchedulerSettings scheduler, JobManagerSettings jobManager, Duration tick,
        Duration pollWait, double pollFraction, Duration sweepEvery) {

    private static final String PREFIX = "stepyard.";
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static final RuntimeSettings DEFAULT = of(Map.of());

    /** @throws IllegalArgumentException naming the file, the setting, what was found and what is expected */
    static RuntimeSettings read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            if (!root.isObject()) {
                throw new IllegalArgumentException("expected a JSON object, but found " + root.getNodeType());
            }
            Map<String, String> values = new HashMap<>();
            root.properties().forEach(entry -> values.put(entry.getKey(), text(entry.getKey(), entry.getValue())));
            return of(values);
        } catch (NoSuchFileException absent) {
            throw new IllegalArgumentException("--settings: there is no file " + file, absent);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("--settings: " + file + " cannot be read: " + unreadable, unreadable);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    "--settings: " + file + ": expected a JSON object; " + malformed.getOriginalMessage(), malformed);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--settings: " + file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static String text(String name, JsonNode value) {
        if (!value.isString() && !value.isNumber()) {
            throw new IllegalArgumentException(
                    name + ": expected a text or a number, but found " + value.getNodeType());
        }
        return value.asString();
    }

    private static RuntimeSettings of(Map<String, String> values) {
        Set<String> known = new TreeSet<>();
        Set<String> asked = new HashSet<>(values.keySet());
        FunctionSettings settings = new FunctionSettings(name -> {
            String key = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
            known.add(key);
            asked.remove(key);
            return value(values, key);
        });
        RuntimeSettings read = new RuntimeSettings(SchedulerComposition.settings(settings), jobManager(settings),
                atLeast(settings, "stepyard.tick", ONE_SECOND, Duration.ofMillis(1)),
                atLeast(settings, "stepyard.poll-wait", ONE_SECOND, ONE_SECOND), fraction(settings),
                atLeast(settings, "stepyard.sweep-every", SWEEP_EVERY, ONE_SECOND));
        checkScheduler(settings);
        if (!asked.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected settings out of " + known + ", but found " + new TreeSet<>(asked));
        }
        return read;
    }

    private static @Nullable String value(Map<String, String> values, String key) {
        return values.get(key);
    }

    private static double fraction(FunctionSettings settings) {
        double fraction = settings.number("stepyard.poll-fraction", PollPolicy.DEFAULT.fraction());
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("poll-fraction: expected a number from 0 to 1, but found " + fraction);
        }
        return fraction;
    }

    private static JobManagerSettings jobManager(FunctionSettings settings) {
        JobManagerSettings usual = JobManagerSettings.DEFAULT;
        double rate = settings.number("stepyard.retry-backoff-rate", usual.retryBackoffRate());
        int attempts = settings.whole("stepyard.retry-max-attempts", usual.retryMaxAttempts());
        if (!(rate >= 1 && rate <= 100)) {
            throw new IllegalArgumentException(
                    "retry-backoff-rate: expected a number from 1 to 100, but found " + rate);
        }
        if (attempts < 0 || attempts > 1000) {
            throw new IllegalArgumentException(
                    "retry-max-attempts: expected a whole number from 0 to 1000, but found " + attempts);
        }
        return new JobManagerSettings(
                atLeast(settings, "stepyard.execution-timeout", usual.executionTimeout(), ONE_SECOND),
                atLeast(settings, "stepyard.queue-timeout", usual.queueTimeout(), ONE_SECOND),
                atLeast(settings, "stepyard.task-timeout", usual.taskTimeout(), ONE_SECOND),
                atLeast(settings, "stepyard.retry-interval", usual.retryInterval(), ONE_SECOND), rate,
                atLeast(settings, "stepyard.retry-max-delay", usual.retryMaxDelay(), ONE_SECOND), attempts);
    }

    /** The pauses and ages of the scheduler: each above nothing. */
    private static void checkScheduler(FunctionSettings settings) {
        SchedulerSettings usual = SchedulerSettings.DEFAULT;
        Duration least = Duration.ofMillis(1);
        atLeast(settings, "stepyard.lease-length", usual.leaseLength(), ONE_SECOND);
        atLeast(settings, "stepyard.sample-every", usual.sampleEvery(), least);
        atLeast(settings, "stepyard.sample-max-age", usual.sampleMaxAge(), ONE_SECOND);
        atLeast(settings, "stepyard.look-again-after", usual.lookAgainAfter(), least);
        atLeast(settings, "stepyard.signal-again-after", usual.signalAgainAfter(), least);
    }

    private static Duration atLeast(FunctionSettings settings, String name, Duration usual, Duration least) {
        Duration found = settings.duration(name, usual);
        if (found.compareTo(least) < 0) {
            throw new IllegalArgumentException(name.substring(PREFIX.length()) + ": expected a duration of " + least
                    + " or more, but found " + found);
        }
        return found;
    }
}
