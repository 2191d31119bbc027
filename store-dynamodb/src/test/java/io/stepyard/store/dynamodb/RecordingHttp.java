package io.stepyard.store.dynamodb;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Remembers which operations were asked for, and lets one request through at a time where that is wanted. moto 5.2.1 does not isolate transactions: it restores whole tables when one is cancelled, and takes away what
 * others have committed meanwhile. DynamoDB isolates them; the turns stand in for that.
 */
final class RecordingHttp implements SdkHttpClient {

    private final SdkHttpClient delegate;
    private final boolean takesTurns;
    private final Lock turn = new ReentrantLock(true);
    private final Set<String> operations = new ConcurrentSkipListSet<>();

    RecordingHttp(SdkHttpClient delegate, boolean takesTurns) {
        this.delegate = delegate;
        this.takesTurns = takesTurns;
    }

    /** For instance {@code DynamoDB_20120810.Query}. */
    Set<String> operations() {
        return operations;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        operations.addAll(request.httpRequest().matchingHeaders("X-Amz-Target"));
        ExecutableHttpRequest prepared = delegate.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                if (!takesTurns) {
                    return prepared.call();
                }
                turn.lock();
                try {
                    return prepared.call();
                } finally {
                    turn.unlock();
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public void close() {
        delegate.close();
    }
}
