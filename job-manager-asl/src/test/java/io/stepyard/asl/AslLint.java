package io.stepyard.asl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The rules that every shipped state machine keeps, beyond what the language asks for. Pure: a definition in, faults out. */
final class AslLint {

    private static final Set<String> INFRASTRUCTURE = Set.of("Lambda.ServiceException", "Lambda.AWSLambdaException",
            "Lambda.SdkClientException", "Lambda.TooManyRequestsException");

    private AslLint() {}

    static List<String> faults(JsonNode definition) {
        List<String> faults = new ArrayList<>();
        JsonNode states = definition.path("States");
        if (!definition.path("TimeoutSeconds").isIntegralNumber()) {
            faults.add("the execution has no TimeoutSeconds");
        }
        Set<String> unreached = new TreeSet<>(states.propertyNames());
        unreached.removeAll(reached(definition));
        unreached.forEach(name -> faults.add(name + " is never reached"));
        states.properties().forEach(entry -> {
            if (entry.getValue().path("Type").asString("").equals("Task")) {
                taskFaults(entry.getKey(), entry.getValue(), faults);
            }
            targets(entry.getValue()).stream().filter(target -> !states.has(target))
                    .forEach(target -> faults.add(entry.getKey() + " leads to " + target + ", which is not there"));
        });
        return faults;
    }

    private static void taskFaults(String name, JsonNode task, List<String> faults) {
        if (!task.path("TimeoutSeconds").isIntegralNumber()) {
            faults.add(name + " has no TimeoutSeconds");
        }
        boolean callback = task.path("Resource").asString("").endsWith(".waitForTaskToken");
        boolean retries = false;
        for (JsonNode retrier : task.path("Retry")) {
            Set<String> errors = names(retrier.path("ErrorEquals"));
            retries |= errors.containsAll(INFRASTRUCTURE) || errors.contains("States.ALL");
            if (!retrier.path("JitterStrategy").asString("").equals("FULL")) {
                faults.add(name + " retries without jitter");
            }
            if (!retrier.path("MaxAttempts").isIntegralNumber()
                    || !retrier.path("MaxDelaySeconds").isIntegralNumber()) {
                faults.add(name + " retries without a bound");
            }
            if (callback && (errors.contains("States.Timeout") || errors.contains("States.ALL"))) {
                faults.add(name + " would wait again after its wait has timed out");
            }
        }
        if (!retries) {
            faults.add(name + " does not retry infrastructure errors");
        }
        boolean catchesAll = false;
        for (JsonNode catcher : task.path("Catch")) {
            catchesAll |= names(catcher.path("ErrorEquals")).contains("States.ALL");
        }
        if (!catchesAll) {
            faults.add(name + " does not catch States.ALL");
        }
    }

    private static Set<String> reached(JsonNode definition) {
        Set<String> seen = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(definition.path("StartAt").asString("")));
        while (!next.isEmpty()) {
            String name = next.remove();
            if (seen.add(name)) {
                next.addAll(targets(definition.path("States").path(name)));
            }
        }
        return seen;
    }

    private static Set<String> targets(JsonNode state) {
        Set<String> targets = new TreeSet<>();
        for (String field : List.of("Next", "Default")) {
            if (state.has(field)) {
                targets.add(state.path(field).asString(""));
            }
        }
        for (String field : List.of("Choices", "Catch")) {
            state.path(field).forEach(item -> targets.add(item.path("Next").asString("")));
        }
        return targets;
    }

    private static Set<String> names(JsonNode errors) {
        Set<String> names = new TreeSet<>();
        errors.forEach(error -> names.add(error.asString("")));
        return names;
    }
}
