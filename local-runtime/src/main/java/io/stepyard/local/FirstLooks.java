package io.stepyard.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Asks the job API what people ask first. Nothing is changed by it. */
final class FirstLooks {

    private static final List<String> PATHS = List.of("/v1/queue", "/v1/jobs?limit=10", "/v1/clusters",
            "/v1/jobs/nobody", "/actuator/health", "/actuator/prometheus");

    private FirstLooks() {}

    static void at(String jobApi) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : PATHS) {
                int status = http.send(HttpRequest.newBuilder(URI.create(jobApi + path)).build(),
                        BodyHandlers.discarding()).statusCode();
                if (status >= 500) {
                    throw new IOException("Expected an answer to GET " + path + ", but found status " + status);
                }
            }
        }
    }
}
