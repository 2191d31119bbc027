package io.stepyard.api.http;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.job.RetryLater;
import io.stepyard.core.store.StoreUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every way a request can go wrong, as a problem. What is our own fault is logged and answered without its insides. */
@RestControllerAdvice
public final class ProblemHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    public void refused(ApiException refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemWriter.write(request, response, refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
    }

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    public void unknownPath(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemWriter.write(request, response, HttpStatus.NOT_FOUND, "NOT_FOUND",
                "Nothing is served at this path. GET /openapi.yaml says what is.");
    }

    @ExceptionHandler
    public void wrongMethod(HttpRequestMethodNotSupportedException wrong, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        String[] supported = wrong.getSupportedMethods() == null ? new String[0] : wrong.getSupportedMethods();
        String allowed = String.join(", ", Arrays.stream(supported).sorted().toList());
        ProblemWriter.write(request, response, HttpStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED",
                "Expected one of the methods " + allowed + " here, but found " + wrong.getMethod() + ".");
        response.setHeader("Allow", allowed);
    }

    @ExceptionHandler
    public void notAcceptable(HttpMediaTypeNotAcceptableException wrong, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        ProblemWriter.write(request, response, HttpStatus.NOT_ACCEPTABLE, "NOT_ACCEPTABLE",
                "Expected an Accept header that takes one of " + wrong.getSupportedMediaTypes() + ".");
    }

    @ExceptionHandler
    public void missingParameter(MissingServletRequestParameterException missing, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        ProblemWriter.write(request, response, HttpStatus.BAD_REQUEST, "BAD_PARAMETER",
                "Expected the parameter '" + missing.getParameterName() + "', but it is not there.");
    }

    @ExceptionHandler
    public void wrongType(MethodArgumentTypeMismatchException wrong, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        Class<?> type = wrong.getRequiredType();
        String expected = type == int.class || (type != null && Number.class.isAssignableFrom(type))
                ? "a whole number"
                : "another kind of value";
        refused(ApiException.badParameter(wrong.getName(), String.valueOf(wrong.getValue()), expected), request,
                response);
    }

    @ExceptionHandler
    public void storeUnavailable(StoreUnavailable unavailable, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        LOG.warn("The store did not answer {}: {}", request.getRequestURI(), unavailable.getMessage());
        ProblemWriter.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "STORE_UNAVAILABLE",
                "The store did not answer; try again.");
    }

    @ExceptionHandler
    public void busy(RetryLater busy, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemWriter.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "BUSY",
                "The job is being changed by others; try again.");
    }

    @ExceptionHandler
    public void clusterUnavailable(ClusterUnavailable unavailable, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        ProblemWriter.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "CLUSTER_UNAVAILABLE",
                "The cluster gave no usable answer (" + unavailable.kind() + "); that says nothing about the job.");
    }

    /** The client went away while its answer was written: nobody is left to be told. */
    @ExceptionHandler
    public void clientGone(AsyncRequestNotUsableException gone) {
        LOG.debug("The client went away: {}", gone.getMessage());
    }

    @ExceptionHandler
    public void ourFault(Exception fault, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
        ProblemWriter.write(request, response, HttpStatus.INTERNAL_SERVER_ERROR, "INTERNAL",
                "The request failed inside; the log says where.");
    }
}
