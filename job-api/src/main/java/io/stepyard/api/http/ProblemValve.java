package io.stepyard.api.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What Tomcat refuses before any controller sees it (a malformed path, a header too large), as a problem instead of a page. */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        String code = status.is4xxClientError() ? "BAD_REQUEST" : "INTERNAL";
        String detail = status.is4xxClientError()
                ? "The server could not read the request: " + status.getReasonPhrase() + "."
                : "The request failed inside; the log says where.";
        try {
            ProblemWriter.write(request, response, status, code, detail);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("An error answer could not be written", gone);
        }
    }
}
