package io.stepyard.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.cli.api.FailureView;
import io.stepyard.core.job.Fault;
import io.stepyard.model.lifecycle.JobState;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void shouldHaveNothingToSayAboutAJobThatEndedAsExpected() {
        DemoJob job = DemoSamples.ended("a", 1000, 0, 1, 3, DemoSamples.success());

        assertThat(Verdict.problems(job, List.of(job))).isEmpty();
    }

    @Test
    void shouldNameEveryDifferenceAtOnce() {
        DemoJob job = DemoSamples.ended("a", 1000, 0, 1, 3, JobState.FAILED,
                new FailureView("USER_ERROR", "EXIT_1", "Exit code 1", 1, "out of disk\n"),
                new Expectation("SUCCEEDED", 2, "geneva", "access denied", 1, List.of()));

        assertThat(Verdict.problems(job, List.of(job))).containsExactly("expected SUCCEEDED, found FAILED",
                "expected 2 attempts, found 1", "expected to run on geneva, found zurich",
                "expected the error 'access denied', found 'Exit code 1\nout of disk'",
                "expected to overtake 1 or more, found 0");
    }

    @Test
    void shouldCountAsOvertakenOnlyJobsOfLowerPriorityThatCameEarlierAndStartedLater() {
        DemoJob urgent = DemoSamples.ended("urgent", 9000, 3, 4, 5,
                new Expectation("SUCCEEDED", 1, null, null, 2, List.of()));
        DemoJob overtaken = DemoSamples.ended("overtaken", 1000, 1, 6, 8, DemoSamples.success());
        DemoJob alsoOvertaken = DemoSamples.ended("also", 500, 2, 5, 8, DemoSamples.success());
        DemoJob startedBefore = DemoSamples.ended("before", 1000, 1, 2, 8, DemoSamples.success());
        DemoJob cameLater = DemoSamples.ended("later", 1000, 3.5, 6, 8, DemoSamples.success());
        DemoJob moreImportant = DemoSamples.ended("more", 9999, 1, 6, 8, DemoSamples.success());
        List<DemoJob> all = List.of(urgent, overtaken, alsoOvertaken, startedBefore, cameLater, moreImportant);

        assertThat(Verdict.overtaken(urgent, all)).containsExactly(overtaken, alsoOvertaken);
        assertThat(Verdict.problems(urgent, all)).isEmpty();
    }

    @Test
    void shouldWantARefusedJobToHaveExactlyTheExpectedFaults() {
        Expectation expectation = new Expectation("REFUSED", null, null, null, 0, List.of("/cpu", "/memory"));
        DemoJob planned = DemoJob.planned(new Manifest.Entry("bad.json", 0, expectation), "bad");
        DemoJob asExpected = planned
                .refused(List.of(new Fault("/memory", "x", "y"), new Fault("/cpu", "x", "y")));
        DemoJob other = planned.refused(List.of(new Fault("/cpu", "x", "y")));

        assertThat(Verdict.problems(asExpected, List.of(asExpected))).isEmpty();
        assertThat(Verdict.problems(other, List.of(other)))
                .containsExactly("expected faults at [/cpu, /memory], found [/cpu]");
        assertThat(Verdict.problems(planned, List.of(planned))).contains("expected REFUSED, found planned");
    }
}
