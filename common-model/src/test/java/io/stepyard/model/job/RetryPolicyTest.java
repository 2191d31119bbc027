package io.stepyard.model.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test
    void shouldKnowThatAnInvalidSubmissionIsRefusedEveryTime() {
        assertThat(new Failure(FailureClass.REFUSED, "INVALID", "no", null, "").mayPassByItself()).isFalse();
        assertThat(new Failure(FailureClass.REFUSED, "OVER_CAPACITY", "full", null, "").mayPassByItself()).isTrue();
        assertThat(new Failure(FailureClass.USER_ERROR, "INVALID", "its own code", 1, "").mayPassByItself()).isTrue();
    }

    @Test
    void shouldGrowTheBackoffByItsRateAndStopAtADay() {
        RetryPolicy policy = new RetryPolicy(10, Duration.ofSeconds(10), 3, Set.of(FailureClass.LOST));

        assertThat(policy.backoffAfter(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.backoffAfter(3)).isEqualTo(Duration.ofSeconds(90));
        assertThat(policy.backoffAfter(30)).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void shouldAllowAnotherAttemptOnlyForNamedFailuresAndWithinTheLimit() {
        RetryPolicy policy = new RetryPolicy(2, Duration.ofSeconds(1), 1, Set.of(FailureClass.LOST));

        assertThat(policy.allowsAnother(1, FailureClass.LOST)).isTrue();
        assertThat(policy.allowsAnother(2, FailureClass.LOST)).isFalse();
        assertThat(policy.allowsAnother(1, FailureClass.USER_ERROR)).isFalse();
    }

    @Test
    void shouldRefuseLimitsOutsideOfTheForm() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, 1, Set.of())).hasMessageContaining("maxAttempts");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofDays(2), 1, Set.of())).hasMessageContaining("backoff");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, Double.NaN, Set.of()))
                .hasMessageContaining("backoffRate");
    }

    @Test
    void shouldReadAndPrintDurations() {
        assertThat(DurationText.parse("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(DurationText.parse("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(DurationText.parse("PT0.5S")).isEqualTo(Duration.ofMillis(500));
        assertThat(DurationText.print(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(DurationText.print(Duration.ofHours(2))).isEqualTo("2h");
        assertThat(DurationText.print(Duration.ofMillis(500))).isEqualTo("PT0.5S");
        for (String text : new String[]{"", "s", "5", "5w", "PT", "99999999999999999999s"}) {
            assertThatThrownBy(() -> DurationText.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldTakeOnlyIdsThatAreSafeEverywhere() {
        assertThat(JobId.isValid("a")).isTrue();
        assertThat(JobId.isValid("x".repeat(80))).isTrue();
        assertThat(JobId.isValid("x".repeat(81))).isFalse();
        assertThat(JobId.isValid("")).isFalse();
        assertThat(JobId.isValid("../x")).isFalse();
        assertThat(JobId.isValid("a b")).isFalse();
        assertThatThrownBy(() -> JobId.require("a/b")).hasMessageContaining("'a/b'");
    }
}
