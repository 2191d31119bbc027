package io.stepyard.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.cli.api.JobDetail;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UtilisationTest {

    private static List<JobDetail> jobs(DemoJob... jobs) {
        return Stream.of(jobs).map(job -> Objects.requireNonNull(job.end())).toList();
    }

    @Test
    void shouldCountEachPartOfTheTimeByTheShareThatAJobHeldInIt() {
        List<JobDetail> jobs = jobs(DemoSamples.ended("a", 1, 0, 0, 2, DemoSamples.success()),
                DemoSamples.ended("b", 1, 0, 1.5, 4, DemoSamples.success()));

        double[] shares = Utilisation.shares("zurich", jobs, JobDetail::cpuMillicores, 4000, DemoSamples.at(0),
                DemoSamples.at(4), 4);

        assertThat(shares).containsExactly(0.5, 0.75, 0.5, 0.5);
        assertThat(Utilisation.mean(shares)).isEqualTo("56 %");
    }

    @Test
    void shouldNotCountWhatRanElsewhere() {
        List<JobDetail> jobs = jobs(DemoSamples.ended("a", 1, 0, 0, 2, DemoSamples.success()));

        assertThat(Utilisation.shares("geneva", jobs, JobDetail::memoryMib, 8192, DemoSamples.at(0),
                DemoSamples.at(2), 2)).containsExactly(0, 0);
    }

    @Test
    void shouldDrawNothingAsBlankSomethingAsVisibleAndFullAsFull() {
        assertThat(Utilisation.bar(new double[]{0, 0.01, 0.5, 1, 1.2}, true)).isEqualTo(" ▁▄██");
        assertThat(Utilisation.bar(new double[]{0, 0.01, 1}, false)).isEqualTo(" .@");
    }
}
