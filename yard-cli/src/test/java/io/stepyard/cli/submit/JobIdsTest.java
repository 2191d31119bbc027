package io.stepyard.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.model.job.JobId;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:15:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"word count", "_x", "", "...", "Zürich 7",
            "a-name-that-goes-on-and-on-and-on-until-there-is-no-room-left-for-a-time-or-anything-else"})
    void shouldMakeAValidIdOfAnyName(String name) {
        assertThat(JobIds.next(name, NOW, new SplittableRandom(1))).matches(JobId::isValid)
                .contains("-20261121-101500-");
    }

    @Test
    void shouldMakeDifferentIdsInTheSameSecond() {
        SplittableRandom random = new SplittableRandom(1);

        assertThat(JobIds.next("a", NOW, random)).isNotEqualTo(JobIds.next("a", NOW, random));
    }
}
