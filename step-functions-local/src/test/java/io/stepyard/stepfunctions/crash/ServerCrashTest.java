package io.stepyard.stepfunctions.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The server is killed at random moments under load, again and again on the same data. Every execution whose start was acknowledged
 * ends as one that nothing happened to, event for event; no token is lost. {@code build/engine-crash.sh 200} for a long run.
 */
class ServerCrashTest {
    private static final int KILLS = Integer.getInteger("crash.kills", 3);
    private static final long SEED = Long.getLong("crash.seed", 20_261_121L);
    private static final int CLIENTS = 8;
    private static final int STARTS_PER_LIFE = 40;
    private static final int LONGEST_LIFE_MILLIS = 1_200;
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:m";
    private static final String DEFINITION = """
            {"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"v.$":"$.n"},"Next":"P"},
            "P":{"Type":"Parallel","ResultPath":"$.p","Next":"M","Branches":[
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}},
            {"StartAt":"F","States":{"F":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"flaky",
            "Payload":{"n.$":"$.n","attempt.$":"$$.State.RetryCount"}},"ResultSelector":{"r.$":"$.Payload"},
            "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":1,"MaxAttempts":1},
            {"ErrorEquals":["Lambda.SdkClientException"],"IntervalSeconds":1,"MaxAttempts":3}],"End":true}}}]},
            "M":{"Type":"Map","ItemsPath":"$.list","MaxConcurrency":2,"ResultPath":"$.m","ItemProcessor":{"StartAt":"E","States":{
            "E":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","End":true}}},"Next":"T"},
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","Parameters":{"FunctionName":"ask",
            "Payload":{"name.$":"$$.Execution.Name","token.$":"$$.Task.Token"}},"TimeoutSeconds":3600,"ResultPath":"$.t","Next":"Z"},
            "Z":{"Type":"Pass","Parameters":{"v.$":"$v","n.$":"$.n","f.$":"$.p[1].r","m.$":"$.m","t.$":"$.t"},"End":true}}}""";

    @Test
    @Timeout(3_600)
    void shouldEndEveryExecutionAsIfItHadNeverBeenKilled(@TempDir Path directory) throws Exception {
        Random random = new Random(SEED);
        try (Load load = new Load();
                ServerProcess server = new ServerProcess(directory.resolve("data"), load.lambdaEndpoint())) {
            Process alive = server.start();
            server.call("CreateStateMachine", Json.text(Json.object().put("name", "m").put("definition", DEFINITION)
                    .put("roleArn", "arn:aws:iam::000000000000:role/x")));
            load.begin(server, CLIENTS);
            load.want(1);
            List<String> calm = untouched(server, alive);
            for (int kill = 0; kill < KILLS; kill++) {
                load.want(STARTS_PER_LIFE);
                alive.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                server.kill();
                alive = server.start();
            }
            awaitEnd(server, load, alive);
            int events = 0;
            for (String name : load.started()) {
                events += checked(server, name, calm);
            }
            System.out.printf(
                    "%d kills, seed %d: %d executions ended as undisturbed ones do, %d events without a gap, %d requests went unanswered%n",
                    KILLS, SEED, load.started().size(), events, load.unanswered());
            assertThat(load.wrong()).isEmpty();
            assertThat(load.started()).hasSizeGreaterThan(KILLS);
        }
    }

    /** The events of an execution that no kill disturbed. */
    private static List<String> untouched(ServerProcess server, Process alive) throws Exception {
        while (!status(server, "e0").equals("SUCCEEDED")) {
            alive.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return types(server, "e0");
    }

    private static void awaitEnd(ServerProcess server, Load load, Process alive) throws Exception {
        boolean running = true;
        while (running || !load.startedAllWanted()) {
            alive.waitFor(100, TimeUnit.MILLISECONDS);
            JsonNode open = server.call("ListExecutions", "{\"stateMachineArn\":\"" + MACHINE
                    + "\",\"statusFilter\":\"RUNNING\",\"maxResults\":1}").body().path("executions");
            running = !open.isEmpty();
        }
    }

    private static String status(ServerProcess server, String name) throws IOException, InterruptedException {
        return described(server, name).path("status").asString("");
    }

    private static JsonNode described(ServerProcess server, String name) throws IOException, InterruptedException {
        return server.call("DescribeExecution", "{\"executionArn\":\"" + arn(name) + "\"}").body();
    }

    private static String arn(String name) {
        return MACHINE.replace(":stateMachine:", ":execution:") + ":" + name;
    }

    private static List<String> types(ServerProcess server, String name) throws IOException, InterruptedException {
        JsonNode events = server
                .call("GetExecutionHistory", "{\"executionArn\":\"" + arn(name) + "\",\"maxResults\":1000}").body()
                .path("events");
        List<String> types = new ArrayList<>();
        for (JsonNode event : events) {
            assertThat(event.path("id").asInt()).as("an event of %s", name).isEqualTo(types.size() + 1);
            assertThat(event.path("previousEventId").asInt()).isLessThan(event.path("id").asInt());
            types.add(event.path("type").asString());
        }
        // Whether a callback comes before or after the answer of the function that was asked is chance, with and without kills.
        return types.stream().filter(type -> !type.equals("TaskSubmitted")).sorted().toList();
    }

    private static int checked(ServerProcess server, String name, List<String> calm)
            throws IOException, InterruptedException {
        JsonNode ended = described(server, name);
        assertThat(ended.path("status").asString())
                .as("%s with error %s: %s", name, ended.path("error"), ended.path("cause")).isEqualTo("SUCCEEDED");
        assertThat(Json.parse(ended.path("output").asString())).as(name).isEqualTo(Json.parse(Load.output(name)));
        assertThat(types(server, name)).as("the events of %s", name).isEqualTo(calm);
        return calm.size();
    }
}
