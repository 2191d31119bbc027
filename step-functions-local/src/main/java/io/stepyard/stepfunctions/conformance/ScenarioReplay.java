package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.ExecutionDescription;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import io.stepyard.stepfunctions.interpreter.StateTestRequest;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.server.EventJson;
import io.stepyard.stepfunctions.time.VirtualTime;
import io.stepyard.stepfunctions.validation.Diagnostic;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs one scenario on an engine of its own and compares what it did. What was expected is looked at only afterwards. */
final class ScenarioReplay {
    private static final String ACCOUNT = "111111111111";
    private static final DateTimeFormatter RECORDED = DateTimeFormatter.ofPattern("dd-MM-yyyy, HH:mm:ss", Locale.ROOT);

    private final Scenario scenario;
    private final Comparer matcher;
    private final RecordedObjects objects;

    ScenarioReplay(Scenario scenario, Supplement supplement) {
        this.scenario = scenario;
        this.objects = new RecordedObjects(supplement.objects(scenario.id()));
        this.matcher = new Comparer(scenario.placeholders());
    }

    List<Finding> run() {
        return switch (scenario.kind()) {
            case "start_execution", "start_sync_execution" -> runExecution();
            case "validate" -> runValidation();
            case "test_state" -> runStateTest();
            default -> List.of(new Finding(Finding.Aspect.OUTCOME, "this engine has no operation for the kind "
                    + scenario.kind()));
        };
    }

    private List<Finding> runValidation() {
        ObjectNode answer = Json.object();
        ArrayNode diagnostics = answer.putArray("diagnostics");
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().virtualTime(new VirtualTime(Instant.EPOCH))
                .build()) {
            for (Diagnostic found : engine.validateDefinition(scenario.definition(), scenario.type())) {
                diagnostics.add(Json.object().put("severity", "ERROR").put("code", found.code())
                        .put("message", found.message()).put("location", found.location()));
            }
        }
        answer.put("result", diagnostics.isEmpty() ? "OK" : "FAIL").put("truncated", false);
        return findings(Finding.Aspect.OUTCOME,
                matcher.difference(scenario.expected().get("validate"), answer, "validate"));
    }

    private List<Finding> runStateTest() {
        VirtualTime time = new VirtualTime(recorded());
        JsonNode given = scenario.data().path("test_state_args");
        JsonNode context = given.get("context");
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().virtualTime(time).account(ACCOUNT)
                .random(new Random(1))
                .tasks(new ScriptedTasks(null, scenario.data().path("lambdas"), objects, time, matcher)).build()) {
            JsonNode input = Json.parse(scenario.input());
            ObjectNode answer = engine.testState(
                    new StateTestRequest(scenario.data().path("definition"), given.path("stateName").asString(null),
                            input.isNull() ? Json.object() : input,
                            !given.path("inspectionLevel").asString("INFO").equals("INFO"), given.get("mock"),
                            given.get("stateConfiguration"),
                            context == null ? null : Json.parse(context.asString()), null),
                    "arn:aws:iam::" + ACCOUNT + ":role/snf_role", false);
            return findings(Finding.Aspect.OUTCOME,
                    matcher.difference(scenario.expected().get("test_state"), answer, "test_state"));
        } catch (StepFunctionsException refused) {
            return List.of(new Finding(Finding.Aspect.OUTCOME,
                    "refused with " + refused.code() + ": " + refused.getMessage()));
        }
    }

    private List<Finding> runExecution() {
        VirtualTime time = new VirtualTime(recorded());
        ScriptedTasks tasks = new ScriptedTasks(scenario.script(), scenario.data().path("lambdas"), objects,
                time, matcher);
        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().virtualTime(time).random(new Random(1))
                .account(ACCOUNT).tasks(tasks).serviceAsOf(LocalDate.ofInstant(recorded(), ZoneOffset.UTC)).build()) {
            tasks.engine(engine);
            String machine = engine.createStateMachine(name(),
                    scenario.definition(), "arn:aws:iam::" + ACCOUNT + ":role/snf_role", scenario.type())
                    .stateMachineArn();
            new ScriptedWorkers(scenario).createActivities(engine);
            String arn = engine.startExecution(machine, scenario.text("execution_name", "execution"),
                    scenario.input()).executionArn();
            time.settle();
            new ScriptedWorkers(scenario).work(engine);
            time.run();
            return compare(engine, arn);
        } catch (StepFunctionsException refused) {
            return List.of(new Finding(Finding.Aspect.OUTCOME, "refused with " + refused.code() + ": "
                    + refused.getMessage()));
        }
    }

    /** Some names are what a template would have filled in. */
    private String name() {
        String name = scenario.text("state_machine_name", "machine");
        return name.matches("[\\w-]{1,80}") ? name : "machine";
    }

    private Instant recorded() {
        return LocalDateTime.parse(scenario.text("recorded", "01-01-2024, 00:00:00"), RECORDED)
                .toInstant(ZoneOffset.UTC);
    }

    private List<Finding> compare(StepFunctionsEngine engine, String arn) {
        ExecutionDescription ran = engine.describeExecution(arn);
        JsonNode expected = scenario.expected();
        JsonNode outcome = expected.has("sync") ? expected.get("sync") : expected;
        List<Finding> findings = new ArrayList<>();
        if (outcome.has("status")) {
            findings.addAll(findings(Finding.Aspect.OUTCOME, matcher.difference(outcome.get("status"),
                    Json.nodes().stringNode(ran.summary().status().name()), "status")));
        }
        if (outcome.has("output")) {
            findings.addAll(findings(Finding.Aspect.OUTCOME,
                    matcher.difference(outcome.get("output"), text(ran.output()), "output")));
        }
        if (outcome.hasNonNull("error") || ran.error() != null) {
            findings.addAll(findings(Finding.Aspect.OUTCOME,
                    matcher.difference(nullless(outcome.get("error")), text(ran.error()), "error")));
        }
        if (outcome.hasNonNull("cause")) {
            findings.addAll(findings(Finding.Aspect.CAUSE,
                    matcher.difference(outcome.get("cause"), text(ran.cause()), "cause")));
        }
        if (expected.has("history")) {
            List<JsonNode> history = new ArrayList<>();
            engine.history(arn).forEach(event -> history.add(EventJson.of(event, true)));
            findings.addAll(findings(Finding.Aspect.EVENTS, new HistoryComparison(matcher)
                    .difference(expected.get("history"), history, scenario.concurrent())));
        }
        return findings;
    }

    private static @Nullable JsonNode nullless(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node;
    }

    private static @Nullable JsonNode text(@Nullable String text) {
        return text == null ? null : Json.nodes().stringNode(text);
    }

    private static List<Finding> findings(Finding.Aspect aspect, @Nullable String difference) {
        return difference == null ? List.of() : List.of(new Finding(aspect, difference));
    }
}
