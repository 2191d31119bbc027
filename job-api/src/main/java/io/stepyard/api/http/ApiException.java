package io.stepyard.api.http;

import org.springframework.http.HttpStatus;

/** A request that is answered with a problem. Its message goes to the client, so it never carries a secret. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    public ApiException(HttpStatus status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** 400: a parameter that cannot be used; the detail says what was found and what is expected. */
    public static ApiException badParameter(String name, String found, String expected) {
        return new ApiException(HttpStatus.BAD_REQUEST, "BAD_PARAMETER",
                "Parameter '" + name + "': expected " + expected + ", but found '" + cut(found) + "'.");
    }

    public static ApiException notFound(String code, String detail) {
        return new ApiException(HttpStatus.NOT_FOUND, code, detail);
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** What the client sent comes back in part only: an answer is no mirror for megabytes. */
    static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
