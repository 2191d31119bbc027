package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPolicyTest {

    @Test
    void shouldWaitAsConfiguredUntilThePartOfTheTimeSoFarIsMore() {
        PollPolicy polls = new PollPolicy(Duration.ofSeconds(30), 0.005);

        assertThat(polls.waitSeconds(Duration.ZERO)).isEqualTo(30);
        assertThat(polls.waitSeconds(Duration.ofMinutes(100))).isEqualTo(30);
        assertThat(polls.waitSeconds(Duration.ofMinutes(100).plusSeconds(1))).isEqualTo(31);
        assertThat(polls.waitSeconds(Duration.ofDays(365))).isEqualTo(157_680);
    }

    @Test
    void shouldRoundAConfiguredWaitUpToWholeSeconds() {
        assertThat(new PollPolicy(Duration.ofMillis(1_200), 0).waitSeconds(Duration.ofDays(1))).isEqualTo(2);
    }

    @Test
    void shouldRefuseWaitsAndPartsThatMakeNoSense() {
        assertThatThrownBy(() -> new PollPolicy(Duration.ofMillis(999), 0.005))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("PT0.999S");
        assertThatThrownBy(() -> new PollPolicy(Duration.ofSeconds(1), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new PollPolicy(Duration.ofSeconds(1), 1.1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
