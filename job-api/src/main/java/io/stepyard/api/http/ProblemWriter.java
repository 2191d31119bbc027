package io.stepyard.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems straight to the response, so that no content negotiation can turn an error into another error. */
public final class ProblemWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ProblemWriter() {}

    /** Does nothing when the answer is under way already: half a body cannot be taken back. */
    static void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code,
            String detail) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.reset();
        Problem problem = new Problem("about:blank", status.getReasonPhrase(), status.value(), detail,
                ApiException.cut(path(request)), code, null);
        byte[] body = JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status.value());
        response.setContentType(Problem.MEDIA_TYPE);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "1");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A request line that nobody could read has no path, whatever the servlet API promises. */
    private static String path(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getRequestURI(), "");
    }
}
