package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process under load is killed at random points, again and again on the same journal: whatever it acknowledged is there,
 * every history is gapless, every token works, and every execution ends as it would have. {@code -Dkills=200} for a long run.
 */
class CrashTest {
    private static final int KILLS = Integer.getInteger("kills", 4);
    private static final String DEFINITION = """
            {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token","name.$":"$$.Execution.Name"}},
            "ResultPath":"$.answer","Next":"Echo"},
            "Echo":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"echo","Payload.$":"$"},
            "OutputPath":"$.Payload","End":true}}}""";

    /** The process that is killed: says each name once its start was acknowledged, and each token once a function saw it. */
    public static final class Victim {
        private Victim() {}

        /** {@code DIRECTORY ROUND}. */
        public static void main(String[] arguments) {
            StepFunctionsEngine engine = open(Path.of(arguments[0]), new HashMap<>(), true);
            String machine = engine.createStateMachine("m", DEFINITION, "role").stateMachineArn();
            for (int i = 0;; i++) {
                String name = "e" + arguments[1] + "-" + i;
                engine.startExecution(machine, name, "{\"name\":\"" + name + "\"}");
                System.out.println("started " + name);
            }
        }
    }

    private static StepFunctionsEngine open(Path directory, Map<String, String> tokens, boolean print) {
        FunctionRegistry functions = new FunctionRegistry().register("echo", (payload, context) -> payload)
                .register("ask", (payload, context) -> {
                    String name = payload.path("name").asString();
                    String token = payload.path("token").asString();
                    synchronized (tokens) {
                        tokens.put(name, token);
                    }
                    if (print) {
                        System.out.println("token " + name + " " + token);
                    }
                    return Json.object();
                });
        return StepFunctionsEngine.builder().functions(functions).journal(Journal.directory(directory, 200_000))
                .build();
    }

    @Test
    void shouldLoseNothingThatWasAcknowledged(@TempDir Path directory) throws Exception {
        Random random = new Random(20_261_121);
        List<String> started = new ArrayList<>();
        Map<String, String> tokens = new HashMap<>();
        for (int round = 0; round < KILLS; round++) {
            killOne(directory, round, 20 + random.nextInt(400), started, tokens);
        }
        assertThat(started).isNotEmpty();
        try (StepFunctionsEngine engine = open(directory, tokens, false)) {
            String machine = Arns.stateMachine("us-east-1", "000000000000", "m");
            finish(engine, machine, tokens);
            for (String name : started) {
                String arn = Arns.execution(machine, name);
                assertThat(engine.describeExecution(arn).output())
                        .isEqualTo("{\"name\":\"" + name + "\",\"answer\":{\"for\":\"" + name + "\"}}");
                assertThat(engine.history(arn)).extracting(HistoryEvent::id)
                        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, engine.history(arn).size()).boxed()
                                .toList());
            }
        }
    }

    /** Runs a victim until it has said so many lines, then kills it. */
    private static void killOne(Path directory, int round, int lines, List<String> started, Map<String, String> tokens)
            throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Victim.class.getName(), directory.toString(), Integer.toString(round)).redirectError(
                        ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            int said = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("started") && words.length == 2) {
                    started.add(words[1]);
                } else if (words.length == 3) {
                    tokens.put(words[1], words[2]);
                }
                if (++said == lines) {
                    // By its handle: what it said before must still be read.
                    victim.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Answers every token until nothing runs any more. */
    private static void finish(StepFunctionsEngine engine, String machine, Map<String, String> tokens) {
        while (!engine.listExecutions(machine, ExecutionStatus.RUNNING, 1, null).items().isEmpty()) {
            Map<String, String> open;
            synchronized (tokens) {
                open = Map.copyOf(tokens);
                tokens.clear();
            }
            open.forEach((name, token) -> {
                try {
                    engine.sendTaskSuccess(token, "{\"for\":\"" + name + "\"}");
                } catch (StepFunctionsException refused) {
                    assertThat(refused.code()).as("a token is known, or its start was never acknowledged")
                            .isIn(ErrorCode.TaskTimedOut, ErrorCode.TaskDoesNotExist);
                }
            });
            Thread.onSpinWait();
        }
    }
}
