package io.stepyard.clusters.http;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.ClusterRecord;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests and brings back answers, within bounds of time, size and number. Knows nothing of what they mean. */
final class HttpTransport implements AutoCloseable {

    private final HttpClusterAdapter.Settings settings;
    private final HttpClient client;
    /** Places for calls, by cluster: a slow cluster keeps its own callers waiting and nobody else's. */
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    HttpTransport(HttpClusterAdapter.Settings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout()).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    Reply call(ClusterRecord cluster, String method, String path, byte @Nullable [] body) {
        Semaphore free = places.computeIfAbsent(cluster.name(),
                _ -> new Semaphore(settings.maxConcurrentCalls(), true));
        try {
            if (!free.tryAcquire(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster, method + " " + path + ": "
                        + settings.maxConcurrentCalls() + " calls are under way already", null);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster, method + " " + path + ": interrupted",
                    stopping);
        }
        try {
            return send(cluster, method, path, body, settings.requestTimeout());
        } finally {
            free.release();
        }
    }

    /** A call that the cluster may hold back for {@code wait}; it takes no place among the others. */
    Reply longPoll(ClusterRecord cluster, String path, Duration wait) {
        return send(cluster, "GET", path, null, wait.plus(settings.requestTimeout()));
    }

    private Reply send(ClusterRecord cluster, String method, String path, byte @Nullable [] body, Duration timeout) {
        String call = method + " " + path;
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body);
        HttpRequest request = HttpRequest.newBuilder(uri(cluster, path)).method(method, publisher)
                .header("Content-Type", "application/json").timeout(timeout).build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request,
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), settings.maxBodyBytes()));
        try {
            // The client's own time-out ends with the headers; this one covers a body that drips.
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.body());
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw unavailable(ClusterUnavailable.Kind.TIMED_OUT, cluster, call + ": no answer within " + timeout, late);
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(ClusterUnavailable.Kind.TIMED_OUT, cluster, call + ": interrupted", stopping);
        } catch (ExecutionException failed) {
            throw failure(cluster, call, timeout, failed);
        }
    }

    private static ClusterUnavailable failure(ClusterRecord cluster, String call, Duration timeout,
            ExecutionException failed) {
        Throwable cause = failed.getCause();
        return switch (cause) {
            case ConnectException refused ->
                unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster, call + ": no connection",
                        refused);
            case HttpConnectTimeoutException slow -> unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    call + ": no connection in time", slow);
            case UnresolvedAddressException unknown -> unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    call + ": unknown host", unknown);
            case java.net.http.HttpTimeoutException late -> unavailable(ClusterUnavailable.Kind.TIMED_OUT, cluster,
                    call + ": no answer within " + timeout, late);
            // Cut off, oversized, no HTTP: an answer that is no answer.
            case IOException broken -> unavailable(ClusterUnavailable.Kind.NONSENSE, cluster,
                    call + ": no usable answer: " + broken.getMessage(), broken);
            case null, default -> throw new IllegalStateException("Unexpected failure of " + call, failed);
        };
    }

    private static URI uri(ClusterRecord cluster, String path) {
        String base = cluster.endpoint().toString();
        try {
            return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        } catch (IllegalArgumentException malformed) {
            throw unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster, "its endpoint is no address", malformed);
        }
    }

    static ClusterUnavailable unavailable(ClusterUnavailable.Kind kind, ClusterRecord cluster, String message,
            @Nullable Throwable cause) {
        return new ClusterUnavailable(kind, "cluster " + cluster.name() + ": " + message, cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
