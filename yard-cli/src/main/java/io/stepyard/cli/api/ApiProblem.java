package io.stepyard.cli.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The job API's problem document (RFC 9457) with the product's code and the faults of a refused job. */
public record ApiProblem(@Nullable String type, @Nullable String title, int status, @Nullable String detail,
        @Nullable String instance, @Nullable String code, List<FaultView> faults) {

    public ApiProblem {
        faults = List.copyOf(Objects.requireNonNullElse(faults, List.of()));
    }

    /** The most telling sentence that the document has. */
    public String sentence() {
        if (detail != null && !detail.isBlank()) {
            return detail;
        }
        return title != null && !title.isBlank() ? title : "HTTP status " + status;
    }
}
