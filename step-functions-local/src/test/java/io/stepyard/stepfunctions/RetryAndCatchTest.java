package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.function.FunctionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Retry and Catch. Source: "Handling errors in Step Functions workflows" of the AWS developer guide (retriers, catchers,
 * jitter, MaxDelaySeconds, error names) and the Amazon States Language specification.
 */
class RetryAndCatchTest {
    private final EngineFixture fixture = new EngineFixture();
    private final List<Instant> calls = new ArrayList<>();

    private String failing(String fields, String... errors) {
        calls.clear();
        Instant begun = fixture.time.instant();
        assertThat(begun).isNotNull();
        fixture.functions.register("f", (payload, context) -> {
            calls.add(fixture.time.instant());
            if (calls.size() > errors.length) {
                return payload;
            }
            throw new FunctionException(errors[calls.size() - 1], "why");
        });
        return fixture
                .run("""
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f",%s"Next":"OK"},
                        "OK":{"Type":"Pass","Result":"ok","End":true},"C":{"Type":"Pass","Result":"caught","End":true}}}"""
                        .formatted(fields.contains("Catch")
                                ? fields
                                : fields + "\"Catch\":[{\"ErrorEquals\":[\"Never\"],\"Next\":\"C\"}],"),
                        "{}")
                .asString();
    }

    private List<Long> pauses() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < calls.size(); i++) {
            pauses.add(Duration.between(calls.get(i - 1), calls.get(i)).toSeconds());
        }
        return pauses;
    }

    @Test
    void shouldRetryThreeTimesWithDoublingPausesByDefault() {
        assertThat(failing("\"Retry\":[{\"ErrorEquals\":[\"E\"]}],", "E", "E", "E", "E")).isEqualTo("FAILED E");
        assertThat(pauses()).containsExactly(1L, 2L, 4L);
    }

    @Test
    void shouldKeepPausesBelowMaxDelaySeconds() {
        assertThat(
                failing("""
                        "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":3,"BackoffRate":2,"MaxDelaySeconds":5,"MaxAttempts":4}],""",
                        "E", "E", "E", "E"))
                .isEqualTo("ok");
        assertThat(pauses()).containsExactly(3L, 5L, 5L, 5L);
    }

    @Test
    void shouldDrawPausesBetweenZeroAndTheBackoffWithFullJitter() {
        assertThat(
                failing("""
                        "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":100,"BackoffRate":1,"MaxAttempts":9,"JitterStrategy":"FULL"}],""",
                        "E", "E", "E", "E", "E", "E", "E", "E", "E"))
                .isEqualTo("ok");
        assertThat(pauses()).allMatch(pause -> pause >= 0 && pause <= 100).doesNotContainSequence(100L, 100L, 100L);
        assertThat(pauses().stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    void shouldNotRetryWithMaxAttemptsZero() {
        assertThat(failing(
                "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":0},{\"ErrorEquals\":[\"States.ALL\"]}],", "E"))
                .isEqualTo("FAILED E");
        assertThat(calls).hasSize(1);
    }

    @Test
    void shouldCountTheRetriesOfEachRetrierForItself() {
        assertThat(
                failing("""
                        "Retry":[{"ErrorEquals":["A"],"MaxAttempts":1,"IntervalSeconds":1},{"ErrorEquals":["B"],"MaxAttempts":2,"IntervalSeconds":10,"BackoffRate":1}],""",
                        "A", "B", "B"))
                .isEqualTo("ok");
        assertThat(pauses()).containsExactly(1L, 10L, 10L);
        assertThat(failing("""
                "Retry":[{"ErrorEquals":["A"],"MaxAttempts":1},{"ErrorEquals":["B"],"MaxAttempts":2}],""", "A", "B",
                "A"))
                .isEqualTo("FAILED A");
    }

    @Test
    void shouldCatchOnlyWhenRetriesAreUsedUp() {
        assertThat(failing("""
                "Retry":[{"ErrorEquals":["E"],"MaxAttempts":1}],"Catch":[{"ErrorEquals":["E"],"Next":"C"}],""", "E",
                "E"))
                .isEqualTo("caught");
        assertThat(calls).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"E,E,caught", "E,States.TaskFailed,caught", "E,States.ALL,caught", "E,F,FAILED E",
            "States.Timeout,States.TaskFailed,FAILED States.Timeout", "States.Timeout,States.ALL,caught",
            "States.TaskFailed,States.TaskFailed,caught", "E,States.Timeout,FAILED E",
            "States.Runtime,States.ALL,FAILED States.Runtime"})
    void shouldMatchErrorsByTheirNames(String error, String catcher, String expected) {
        assertThat(failing("\"Catch\":[{\"ErrorEquals\":[\"" + catcher + "\"],\"Next\":\"C\"}],", error))
                .isEqualTo(expected);
    }

    @Test
    void shouldNotCatchAPathThatCannotBeReadButFailTheExecution() {
        assertThat(fixture
                .run("""
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo",
                        "InputPath":"$.absent","Catch":[{"ErrorEquals":["States.Runtime"],"Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}}""",
                        "{}")
                .asString()).isEqualTo("FAILED States.Runtime");
    }

    @Test
    void shouldPutTheErrorWhereTheCatcherSaysAndKeepTheInput() {
        fixture.functions.register("f", (payload, context) -> {
            throw new FunctionException("E", "why");
        });
        assertThat(fixture
                .run("""
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f",
                        "Catch":[{"ErrorEquals":["E"],"ResultPath":"$.failure","Next":"C"}],"End":true},
                        "C":{"Type":"Pass","Parameters":{"e.$":"$.failure.Error","a.$":"$.a"},"End":true}}}""",
                        "{\"a\":1}")
                .toString()).isEqualTo("{\"e\":\"E\",\"a\":1}");
    }

    @Test
    void shouldRetryAParallelStateAsAWhole() {
        fixture.functions.register("f", (payload, context) -> {
            calls.add(fixture.time.instant());
            if (calls.size() == 1) {
                throw new FunctionException("E", "why");
            }
            return payload;
        });
        assertThat(fixture
                .run("""
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
                        {"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","End":true}}}],
                        "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":7}],"End":true}}}""",
                        "2")
                .toString())
                .isEqualTo("[1,2]");
        assertThat(pauses()).containsExactly(7L);
    }

    @Test
    void shouldRefuseRulesThatAwsRefuses() {
        String allNotAlone = "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\",\"E\"],\"Next\":\"C\"}],";
        String allNotLast = "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"},{\"ErrorEquals\":[\"E\"],\"Next\":\"C\"}],";
        for (String rule : List.of(allNotAlone, allNotLast)) {
            assertThat(Refusals.of(() -> fixture.engine.createStateMachine("x",
                    """
                            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f",%s"End":true},
                            "C":{"Type":"Succeed"}}}"""
                            .formatted(rule),
                    EngineFixture.ROLE))).as(rule).startsWith("InvalidDefinition");
        }
    }
}
