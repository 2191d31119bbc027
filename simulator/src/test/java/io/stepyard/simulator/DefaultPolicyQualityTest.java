package io.stepyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.scheduler.Policies;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default policy against EASY with first come, first served, on real logs with users' own limits. */
class DefaultPolicyQualityTest {

    @ParameterizedTest
    @ValueSource(strings = {"KTH", "CTC", "HPC2N"})
    void shouldBeFasterAndFairerThanEasyAtTheSameUtilisation(String log) throws IOException {
        Trace trace = Trace.read(Published.log(log));
        Metrics easy = run(trace, "easy:order=fcfs");
        Metrics ours = run(trace, Policies.DEFAULT);

        System.out.printf(
                "figure: %s, default against EASY-FCFS: slowdown %.2f / %.2f = %.3f, longest wait %.0f / %.0f = %.3f, "
                        + "mean over users %.2f / %.2f = %.3f, utilisation %.5f / %.5f%n",
                log, ours.meanBoundedSlowdown(), easy.meanBoundedSlowdown(),
                ours.meanBoundedSlowdown() / easy.meanBoundedSlowdown(), ours.maxWaitSeconds(), easy.maxWaitSeconds(),
                ours.maxWaitSeconds() / easy.maxWaitSeconds(), ours.userSlowdown(), easy.userSlowdown(),
                ours.userSlowdown() / easy.userSlowdown(), ours.utilisation(), easy.utilisation());
        assertThat(ours.meanBoundedSlowdown()).isLessThanOrEqualTo(0.6 * easy.meanBoundedSlowdown());
        assertThat(ours.maxWaitSeconds()).isLessThanOrEqualTo(2.2 * easy.maxWaitSeconds());
        assertThat(ours.userSlowdown()).isLessThanOrEqualTo(0.6 * easy.userSlowdown());
        assertThat(ours.utilisation()).isGreaterThanOrEqualTo(easy.utilisation());
    }

    private static Metrics run(Trace trace, String policy) {
        return Metrics.of(Simulation.run(trace,
                new SimulationSetup(Policies.policy(policy), Clusters.ofLog(trace)), SimulationObserver.NONE),
                trace.processors());
    }
}
