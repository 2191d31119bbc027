package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be the same whether the engine was stopped dead in between or not. */
class RestartTest {
    private static final String BRANCHES = """
            {"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"v":7},"Next":"P"},
            "P":{"Type":"Parallel","ResultPath":"$.p","Branches":[
            {"StartAt":"W1","States":{"W1":{"Type":"Wait","Seconds":10,"Assign":{"w":1},"Next":"X1"},
            "X1":{"Type":"Pass","Parameters":{"v.$":"$v","w.$":"$w"},"End":true}}},
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.list","MaxConcurrency":2,"ItemSelector":{"i.$":"$$.Map.Item.Index","x.$":"$$.Map.Item.Value"},
            "ItemProcessor":{"StartAt":"W2","States":{"W2":{"Type":"Wait","SecondsPath":"$.x","Next":"X2"},"X2":{"Type":"Pass","End":true}}},"End":true}}},
            {"StartAt":"D","States":{"D":{"Type":"Map","ItemsPath":"$.list","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
            "StartAt":"W3","States":{"W3":{"Type":"Wait","Seconds":8,"End":true}}},"End":true}}},
            {"StartAt":"R","States":{"R":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:flaky",
            "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":4,"MaxAttempts":3,"BackoffRate":1}],"End":true}}}],"Next":"Z"},
            "Z":{"Type":"Pass","End":true}}}""";
    private static final String INPUT = "{\"list\":[3,1,4,1,5]}";

    private final EngineFixture fixture = new EngineFixture();
    private int calls;

    private void registerFlaky() {
        fixture.functions.register("flaky", (payload, context) -> {
            // Failures are counted by time, so that a call that is made again after a crash changes nothing.
            calls++;
            if (fixture.time.instant().isBefore(EngineFixture.START.plusSeconds(12))) {
                throw new FunctionException("E", "not yet");
            }
            return Json.nodes().stringNode("done");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldEndAsWithoutACrashWhereverTheCrashFalls(int second) {
        registerFlaky();
        String whole = new RestartTest().outputWithoutCrash();
        String arn = fixture.start(BRANCHES, INPUT);
        fixture.time.advance(Duration.ofSeconds(second));
        List<HistoryEvent> before = fixture.engine.history(arn);

        fixture.crash();
        assertThat(fixture.engine.history(arn)).isEqualTo(before);
        fixture.time.run();

        assertThat(fixture.output(arn).toString()).isEqualTo(whole);
        assertThat(fixture.isGapless(arn)).isTrue();
        assertThat(fixture.time.instant()).isEqualTo(EngineFixture.START.plusSeconds(12));
    }

    private String outputWithoutCrash() {
        registerFlaky();
        return fixture.run(BRANCHES, INPUT).toString();
    }

    @Test
    void shouldWriteTheSameHistoryWithACrashEverySecond() {
        registerFlaky();
        RestartTest calm = new RestartTest();
        calm.registerFlaky();
        String quiet = calm.fixture.start(BRANCHES, INPUT);
        calm.fixture.time.run();
        String arn = fixture.start(BRANCHES, INPUT);
        for (int second = 0; second < 15; second++) {
            fixture.time.advance(Duration.ofSeconds(1));
            fixture.crash();
            fixture.time.settle();
        }
        fixture.time.run();

        assertThat(fixture.types(arn)).containsExactlyInAnyOrderElementsOf(calm.fixture.types(quiet));
    }

    @Test
    void shouldKeepEveryOpenTokenAcrossCrashes() {
        String definition = """
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T","States":{
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token"}},"TimeoutSeconds":600,"End":true}}},"End":true}}}""";
        String arn = fixture.start(definition, "[1,2,3]");
        fixture.time.settle();
        List<String> tokens = List.copyOf(fixture.tokens);
        for (int i = 0; i < tokens.size(); i++) {
            fixture.crash();
            fixture.engine.sendTaskSuccess(tokens.get(i), Integer.toString(i));
        }
        fixture.time.settle();

        assertThat(fixture.output(arn).toString()).isEqualTo("[0,1,2]");
        assertThat(fixture.tokens).as("nobody was asked again").hasSize(3);
    }

    @Test
    void shouldRedriveAtTheStateThatFailedWithItsRetriesAnew() {
        registerFlaky();
        String arn = fixture.start("""
                {"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"v":1},"Next":"R"},
                "R":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:flaky",
                "Retry":[{"ErrorEquals":["E"],"MaxAttempts":1}],"Next":"Z"},
                "Z":{"Type":"Pass","Parameters":{"v.$":"$v","count.$":"$$.Execution.RedriveCount"},"End":true}}}""",
                "{}");
        fixture.time.run();
        assertThat(fixture.engine.describeExecution(arn).summary().status()).isEqualTo(ExecutionStatus.FAILED);
        fixture.crash();
        fixture.time.advance(Duration.ofSeconds(20));

        fixture.engine.redriveExecution(arn);
        fixture.crash();
        fixture.time.run();

        assertThat(fixture.output(arn).toString()).isEqualTo("{\"v\":1,\"count\":1}");
        assertThat(fixture.types(arn)).contains("ExecutionRedriven");
        assertThat(fixture.isGapless(arn)).isTrue();
        assertThatThrownBy(() -> fixture.engine.redriveExecution(arn)).hasMessageContaining("SUCCEEDED");
    }

    @Test
    void shouldRememberVersionsAliasesAndTags() {
        String machine = fixture.engine.createStateMachine("v", """
                {"StartAt":"P","States":{"P":{"Type":"Pass","Result":1,"End":true}}}""", EngineFixture.ROLE)
                .stateMachineArn();
        String one = fixture.engine.versions().publish(machine, null, "first").stateMachineVersionArn();
        fixture.engine.versions().createAlias("live", null, Map.of(one, 100));
        fixture.engine.updateStateMachine(machine, """
                {"StartAt":"P","States":{"P":{"Type":"Pass","Result":2,"End":true}}}""", null);
        fixture.engine.versions().tag(machine, Map.of("team", "a"));
        fixture.crash();

        fixture.engine.startExecution(machine + ":live", "by-alias", "{}");
        fixture.engine.startExecution(machine, "now", "{}");

        assertThat(fixture.output(Arns.execution(machine, "by-alias")).asInt()).isEqualTo(1);
        assertThat(fixture.output(Arns.execution(machine, "now")).asInt()).isEqualTo(2);
        assertThat(fixture.engine.versions().tags(machine)).containsEntry("team", "a");
        assertThatThrownBy(() -> fixture.engine.versions().delete(one)).hasMessageContaining("[live]");
    }

    @Test
    void shouldForgetDeletedMachinesAndCountTheRevisionsOfTheirSuccessorsAnew() {
        String definition = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":%d,\"End\":true}}}";
        String first = fixture.engine.createStateMachine("m", definition.formatted(1), EngineFixture.ROLE)
                .stateMachineArn();
        String activity = fixture.engine.activities().create("a").activityArn();
        fixture.engine.deleteStateMachine(first);
        fixture.engine.activities().delete(activity);
        fixture.engine.compact();
        fixture.engine.createStateMachine("m", definition.formatted(2), EngineFixture.ROLE);
        fixture.engine.startExecution(first, "e", "{}");
        fixture.crash();

        fixture.engine.startExecution(first, "f", "{}");
        fixture.time.run();

        assertThat(fixture.output(Arns.execution(first, "e")).asInt()).isEqualTo(2);
        assertThat(fixture.output(Arns.execution(first, "f")).asInt()).isEqualTo(2);
        assertThat(fixture.engine.describeStateMachineForExecution(Arns.execution(first, "e")).definition())
                .isEqualTo(definition.formatted(2));
        assertThat(fixture.engine.activities().list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeUpAndRedriveWhereAnExpressionFailedInTheVeryFirstState(boolean caught) {
        String catching = caught ? "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"W\"}]," : "";
        String rest = caught ? ",\"W\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}" : "";
        String arn = fixture
                .start("{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\","
                        + "\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":{\"FunctionName\":\"echo\",\"x\":\"{% $x.y %}\"},"
                        + catching
                        + "\"End\":true}" + rest + "}}", "{}");
        fixture.time.advance(Duration.ofSeconds(5));
        fixture.crash();
        fixture.time.run();

        assertThat(fixture.types(arn)).contains("EvaluationFailed");
        assertThat(fixture.engine.describeExecution(arn).summary().status())
                .isEqualTo(caught ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED);
        if (!caught) {
            fixture.engine.redriveExecution(arn);
            fixture.time.run();
            assertThat(fixture.types(arn)).contains("ExecutionRedriven").filteredOn("EvaluationFailed"::equals)
                    .hasSize(2);
        }
    }
}
