package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** An engine on virtual time that can be left as a crash leaves it and opened anew on the same journal. */
final class EngineFixture {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String ROLE = "arn:aws:iam::000000000000:role/test";

    final FunctionRegistry functions = new FunctionRegistry();
    final List<String> tokens = new ArrayList<>();
    private final Journal journal = Journal.inMemory();
    VirtualTime time = new VirtualTime(START);
    StepFunctionsEngine engine = open();

    EngineFixture() {
        functions.register("echo", (payload, context) -> payload);
        functions.register("ask", (payload, context) -> {
            tokens.add(payload.path("token").asString());
            return Json.object();
        });
    }

    private StepFunctionsEngine open() {
        return StepFunctionsEngine.builder().virtualTime(time).functions(functions).journal(journal)
                .random(new Random(7)).build();
    }

    /** The first engine stops dead; its timers and calls are gone. */
    void crash() {
        time = new VirtualTime(time.instant());
        engine = open();
    }

    String start(String definition, String input) {
        String machine = engine.createStateMachine("m" + engine.listStateMachines().size(), definition, ROLE)
                .stateMachineArn();
        return engine.startExecution(machine, "e", input).executionArn();
    }

    /** Starts an execution, runs everything there is to do and answers the output. */
    JsonNode run(String definition, String input) {
        String arn = start(definition, input);
        time.run();
        return output(arn);
    }

    JsonNode output(String arn) {
        ExecutionDescription ended = engine.describeExecution(arn);
        String output = ended.output();
        return Json.parse(output == null ? "\"" + ended.summary().status() + " " + ended.error() + "\"" : output);
    }

    List<String> types(String arn) {
        return engine.history(arn).stream().map(event -> event.type().awsName()).toList();
    }

    /** Ids count up without gaps and every event follows an earlier one. */
    boolean isGapless(String arn) {
        List<HistoryEvent> events = engine.history(arn);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).id() != i + 1) {
                return false;
            }
        }
        return true;
    }
}
