package io.stepyard.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepyard.core.job.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error answer in the form of RFC 9457, {@code application/problem+json}.
 *
 * @param type always {@code about:blank}: the code says what it is
 * @param title the status in words
 * @param status HTTP status
 * @param detail what was found and what is expected
 * @param instance path of the request
 * @param code one machine word, for instance {@code JOB_NOT_FOUND}
 * @param faults every fault of a refused job; null when the error is none of a job's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, String instance, String code,
        @Nullable List<Fault> faults) {

    public static final String MEDIA_TYPE = "application/problem+json";
}
