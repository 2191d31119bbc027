package io.stepyard.clusters.call;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.ClusterRecord;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to clusters and brings back answers, within bounds of time, size and number. A slow cluster keeps its own callers
 * waiting and nobody else's; one that answers nothing at all is left alone for a while. Nothing is sent twice, but for a request that
 * was refused for an old secret. Safe for many threads.
 */
public final class ClusterCalls implements AutoCloseable {

    private final CallSettings settings;
    private final Credentials credentials;
    private final HttpClients clients;
    private final BulkheadRegistry places;
    private final CircuitBreakerRegistry breakers;

    public ClusterCalls(CallSettings settings, Credentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
        this.clients = new HttpClients(settings.connectTimeout());
        this.places = BulkheadRegistry.of(BulkheadConfig.custom().maxConcurrentCalls(settings.maxConcurrentCalls())
                .maxWaitDuration(settings.requestTimeout()).writableStackTraceEnabled(false).build());
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.leaveAloneAfter()).minimumNumberOfCalls(settings.leaveAloneAfter())
                .failureRateThreshold(100).waitDurationInOpenState(settings.leaveAloneFor())
                .permittedNumberOfCallsInHalfOpenState(1).build());
    }

    /** @throws ClusterUnavailable when there is no answer; what the answer means is for the caller */
    public Reply call(ClusterRecord cluster, Call call) {
        return call(cluster, call, Authorisation.NONE);
    }

    /** The same under the cluster's credentials, where it has some. A secret that is refused is read again, once. */
    public Reply call(ClusterRecord cluster, Call call, Authorisation authorisation) {
        Optional<String> secret = secret(cluster, authorisation, false);
        Reply reply = guarded(cluster, signed(call, authorisation, secret));
        if (secret.isPresent() && authorisation.isDenied(reply)) {
            Optional<String> fresh = secret(cluster, authorisation, true);
            return fresh.equals(secret) ? reply : guarded(cluster, signed(call, authorisation, fresh));
        }
        return reply;
    }

    /** A call that the cluster may hold back for {@code wait}; it takes no place among the others. */
    public Reply longPoll(ClusterRecord cluster, Call call, Duration wait) {
        return send(cluster, call, wait.plus(settings.requestTimeout()));
    }

    private static Call signed(Call call, Authorisation authorisation, Optional<String> secret) {
        return secret.map(authorisation::headers).map(call::with).orElse(call);
    }

    private Optional<String> secret(ClusterRecord cluster, Authorisation authorisation, boolean fresh) {
        String reference = cluster.options().get("credentials");
        if (reference == null || authorisation.equals(Authorisation.NONE)) {
            return Optional.empty();
        }
        Optional<String> secret = credentials.secret(reference, fresh);
        if (secret.isEmpty()) {
            throw unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    "expected its credentials behind '" + reference + "', but found nothing", null);
        }
        return secret;
    }

    private Reply guarded(ClusterRecord cluster, Call call) {
        CircuitBreaker breaker = breakers.circuitBreaker(cluster.name());
        if (!breaker.tryAcquirePermission()) {
            throw unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster, call + ": left alone for "
                    + settings.leaveAloneFor() + " after " + settings.leaveAloneAfter() + " calls without an answer",
                    null);
        }
        Bulkhead free = places.bulkhead(cluster.name());
        if (!free.tryAcquirePermission()) {
            breaker.releasePermission();
            throw unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster, call + ": " + settings.maxConcurrentCalls()
                    + " calls are under way already", null);
        }
        long begin = breaker.getCurrentTimestamp();
        try {
            Reply reply = send(cluster, call, settings.requestTimeout());
            breaker.onSuccess(breaker.getCurrentTimestamp() - begin, breaker.getTimestampUnit());
            return reply;
        } catch (ClusterUnavailable silence) {
            breaker.onError(breaker.getCurrentTimestamp() - begin, breaker.getTimestampUnit(), silence);
            throw silence;
        } finally {
            free.onComplete();
        }
    }

    private Reply send(ClusterRecord cluster, Call call, Duration timeout) {
        HttpClient client = clients.of(cluster);
        long most = call.maxBodyBytes() > 0 ? call.maxBodyBytes() : settings.maxBodyBytes();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request(cluster, call, timeout),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), most));
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

    private static HttpRequest request(ClusterRecord cluster, Call call, Duration timeout) {
        String body = call.body();
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(cluster, call.path())).method(call.method(), publisher)
                .header("Content-Type", "application/json").timeout(timeout);
        try {
            call.headers().forEach(request::header);
        } catch (IllegalArgumentException malformed) {
            // The exception would quote the value, which may be a secret.
            throw unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    call + ": its credentials hold characters that no header can carry", null);
        }
        return request.build();
    }

    private static ClusterUnavailable failure(ClusterRecord cluster, Call call, Duration timeout,
            ExecutionException failed) {
        Throwable cause = failed.getCause();
        return switch (cause) {
            case ConnectException refused ->
                unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster, call + ": no connection", refused);
            case HttpConnectTimeoutException slow -> unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    call + ": no connection in time", slow);
            case UnresolvedAddressException unknown -> unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    call + ": unknown host", unknown);
            case HttpTimeoutException late -> unavailable(ClusterUnavailable.Kind.TIMED_OUT, cluster,
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

    /** The exception for a cluster that gave no usable answer; the message begins with its name. */
    public static ClusterUnavailable unavailable(ClusterUnavailable.Kind kind, ClusterRecord cluster, String message,
            @Nullable Throwable cause) {
        return new ClusterUnavailable(kind, "cluster " + cluster.name() + ": " + message, cause);
    }

    @Override
    public void close() {
        clients.close();
    }
}
