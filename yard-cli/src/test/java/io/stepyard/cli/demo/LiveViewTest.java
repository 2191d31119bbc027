package io.stepyard.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.cli.service.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private final StringWriter out = new StringWriter();

    private static DemoJob planned(String name) {
        return DemoJob.planned(new Manifest.Entry(name + ".json", 0, DemoSamples.success()), name);
    }

    @Test
    void shouldPrintALineForEachChangeAndNoneForEachLookWhereLinesCannotBeDrawnOver() {
        LiveView view = new LiveView(new PrintWriter(out), Surroundings.Screen.PLAIN, () -> DemoSamples.BEGIN);

        view.show(List.of(planned("a")), Duration.ZERO);
        view.show(List.of(planned("a").submitted("a-1")), Duration.ofSeconds(1));
        view.show(List.of(planned("a").submitted("a-1")), Duration.ofSeconds(2));
        view.show(List.of(DemoSamples.ended("a", 1, 0, 1, 2, DemoSamples.success())), Duration.ofSeconds(3));

        assertThat(out.toString().lines()).containsExactly("   1.0 s  a                        submitted",
                "   3.0 s  a                        SUCCEEDED on zurich");
    }

    @Test
    void shouldDrawTheTableAgainInItsPlaceOnATerminal() {
        LiveView view = new LiveView(new PrintWriter(out), new Surroundings.Screen(true, true, 80, 24),
                () -> DemoSamples.BEGIN);

        view.show(List.of(planned("a"), planned("b")), Duration.ZERO);
        view.show(List.of(planned("a"), DemoSamples.ended("b", 1, 0, 1, 2, DemoSamples.success())),
                Duration.ofSeconds(3));

        assertThat(out.toString()).contains("0 of 2 ended, 0 run, 0.0 s", "\u001b[5A", "1 of 2 ended, 0 run, 3.0 s",
                "█".repeat(15) + "░".repeat(15));
    }

    @Test
    void shouldNeverDrawMoreLinesThanTheTerminalHas() {
        LiveView view = new LiveView(new PrintWriter(out), new Surroundings.Screen(true, false, 40, 12),
                () -> DemoSamples.BEGIN);

        view.show(IntStream.range(0, 30).mapToObj(number -> planned("job-" + number)).toList(), Duration.ZERO);

        assertThat(out.toString().lines()).hasSizeLessThanOrEqualTo(12).allSatisfy(
                line -> assertThat(line.replaceAll("\u001b\\[[0-9]*[A-Z]", "").length()).isLessThan(40));
    }
}
