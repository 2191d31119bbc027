package io.stepyard.cli.clusters;

import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.model.job.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Moments as people write them: {@code 2026-11-21T18:00:00Z}, with another offset, or {@code 2h} from now. */
final class When {

    private When() {}

    static Instant parse(String option, String text, Instant now) {
        try {
            return text.contains("T") && text.contains(":")
                    ? OffsetDateTime.parse(text).toInstant()
                    : now.plus(length(option, text));
        } catch (DateTimeException malformed) {
            throw new YardFailure(ExitCode.USAGE, option + ": expected a time such as 2026-11-21T18:00:00Z, or 2h from"
                    + " now, but found '" + text + "'", malformed);
        }
    }

    static Duration length(String option, String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new YardFailure(ExitCode.USAGE, option + ": " + malformed.getMessage(), malformed);
        }
    }
}
