package io.stepyard.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Requests on the JDK's oldest HTTP client, which loads far fewer classes than its newest: a command is over in a moment. */
final class HttpExchange {

    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final int READ_TIMEOUT_MILLIS = 30_000;
    /** More than any page of the job API; an endless answer is cut, not swallowed. */
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    private final URI base;
    private final JsonMapper json;

    HttpExchange(URI base, JsonMapper json) {
        this.base = base;
        this.json = json;
    }

    URI base() {
        return base;
    }

    String get(String path) {
        return exchange("GET", path, null);
    }

    String post(String path, String body) {
        return exchange("POST", path, body);
    }

    String put(String path, String body) {
        return exchange("PUT", path, body);
    }

    String delete(String path) {
        return exchange("DELETE", path, null);
    }

    private String exchange(String method, String path, @Nullable String body) {
        HttpURLConnection connection = null;
        try {
            String root = base.toString();
            URI uri = URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path);
            connection = (HttpURLConnection) (isLoopback()
                    ? uri.toURL().openConnection(Proxy.NO_PROXY)
                    : uri.toURL().openConnection());
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
            connection.setReadTimeout(READ_TIMEOUT_MILLIS);
            connection.setRequestProperty("Accept", "application/json, text/plain, application/problem+json");
            if (body != null) {
                send(connection, body);
            }
            int status = connection.getResponseCode();
            String answer = read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
            if (status >= 400) {
                throw new ApiRefusal(problem(status, answer));
            }
            return answer;
        } catch (IOException | IllegalArgumentException | ClassCastException failure) {
            throw ApiUnreachable.silent(base, describe(failure), failure);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private boolean isLoopback() {
        String host = base.getHost();
        return host != null && (host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]"));
    }

    private static void send(HttpURLConnection connection, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setFixedLengthStreamingMode(bytes.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(bytes);
        }
    }

    private static String read(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            byte[] bytes = stream.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                throw new IOException("the answer is longer than " + MAX_ANSWER_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private ApiProblem problem(int status, String answer) {
        try {
            ApiProblem problem = json.readValue(answer, ApiProblem.class);
            if (problem != null) {
                return new ApiProblem(problem.type(), problem.title(), status, problem.detail(), problem.instance(),
                        problem.code(), problem.faults());
            }
        } catch (JacksonException notJson) {
            // Something other than the job API answered, a proxy for instance: its status is all that can be told.
            return plain(status, notJson.getClass().getSimpleName());
        }
        return plain(status, "empty");
    }

    private static ApiProblem plain(int status, String found) {
        return new ApiProblem(null, "HTTP status " + status + " without a problem document (" + found + ")", status,
                null, null, null, List.of());
    }

    private static String describe(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
