package io.stepyard.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A few dozens of worlds with every build; {@code ./yard torture --seeds 1..2000} runs the others. */
class FaultyWorldTest {

    private static final long FIRST = 1;
    private static final long LAST = Long.getLong("stepyard.worlds", TortureReport.ENOUGH_WORLDS);

    @Test
    void shouldKeepEveryPromiseWhileEveryKindOfFaultStrikes() throws InterruptedException {
        TortureReport report = new Torture(FIRST, LAST, Runtime.getRuntime().availableProcessors(), true)
                .run(line -> {
                });

        assertThat(report.broken()).as("replay with ./yard torture --replay SEED").isEmpty();
        assertThat(report.silent()).as("kinds of faults that have struck nowhere").isEmpty();
        assertThat(report.jobs()).isGreaterThan(report.worlds() * 190);
        assertThat(report.speedUp()).isGreaterThan(10_000);
    }

    @Test
    void shouldLeaveTheSameTraceForTheSameSeedWhetherItIsRecordedOrNot() {
        long first = WorldRunner.verdict(7).result().traceHash();

        assertThat(WorldRunner.verdict(7).result().traceHash()).isEqualTo(first);
        assertThat(WorldRunner.replay(7, "job-1").verdict().result().traceHash()).isEqualTo(first);
        assertThat(WorldRunner.verdict(8).result().traceHash()).isNotEqualTo(first);
    }

    @Test
    void shouldTellTheTraceOfOneJob() throws InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();

        int code = TortureMain.run(new String[]{"--replay", "3", "--about", "job-5"},
                new PrintStream(text, true, StandardCharsets.UTF_8), System.err);

        assertThat(code).isZero();
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("submits job-5", "every promise was kept");
    }

    @Test
    void shouldRefuseACommandLineThatMakesNoSense() throws InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();

        int code = TortureMain.run(new String[]{"--seeds", "9..1"}, System.out,
                new PrintStream(text, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("found '9..1', expected A..B");
    }
}
