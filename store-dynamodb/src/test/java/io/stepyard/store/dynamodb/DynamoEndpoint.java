package io.stepyard.store.dynamodb;

import io.stepyard.contracts.MotoServer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Where the tests find DynamoDB: the endpoint of property {@value #PROPERTY}, or a moto_server of this run. */
final class DynamoEndpoint implements AutoCloseable {

    static final String PROPERTY = "stepyard.dynamodb.endpoint";

    private static final AtomicInteger TABLES = new AtomicInteger();

    private final @Nullable MotoServer moto;
    private final RecordingHttp http;
    private final DynamoDbClient client;

    private DynamoEndpoint(@Nullable MotoServer moto, URI endpoint) {
        this.moto = moto;
        this.http = new RecordingHttp(UrlConnectionHttpClient.create(), moto != null);
        this.client = DynamoDbClient.builder().endpointOverride(endpoint).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(http).build();
    }

    /** Empty when there is none; what is missing has then been printed. */
    @SuppressWarnings("SystemOut") // a skipped test says why where everybody sees it
    static Optional<DynamoEndpoint> open() throws IOException {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isEmpty()) {
            return Optional.of(new DynamoEndpoint(null, URI.create(given)));
        }
        if (MotoServer.isOnPath()) {
            MotoServer moto = MotoServer.start();
            return Optional.of(new DynamoEndpoint(moto, moto.endpoint()));
        }
        System.out.println("SKIPPED: the DynamoDB store was not tested: no moto_server on PATH (pip install "
                + "'moto[server]') and no endpoint in property " + PROPERTY);
        return Optional.empty();
    }

    DynamoDbClient client() {
        return client;
    }

    /** Tables of their own for each test. */
    DynamoTables newTables() {
        DynamoTables tables = DynamoTables
                .withPrefix("t" + ProcessHandle.current().pid() + "-" + TABLES.incrementAndGet() + "-");
        tables.create(client);
        return tables;
    }

    /** Which operations were asked for. */
    Set<String> operations() {
        return http.operations();
    }

    @Override
    public void close() throws IOException {
        client.close();
        if (moto != null) {
            moto.close();
        }
    }
}
