package io.stepyard.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepyard.contracts.MotoServer;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.model.resource.Resources;
import io.stepyard.store.dynamodb.DynamoTables;
import io.stepyard.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class JobApiApplicationTest {

    @TempDir
    private Path stateDir;

    @Test
    void shouldServeTheStoreOfARuntimeThatIsNotRunning() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.open(stateDir.resolve("store"))) {
            new RegisterCluster(store, store).register("zurich", "http", URI.create("http://127.0.0.1:1"),
                    Resources.ofCores(4, 8192), Map.of());
        }

        try (ConfigurableApplicationContext service = start("--stepyard.store=embedded",
                "--stepyard.state-dir=" + stateDir)) {
            assertThat(get(service, "/v1/clusters")).contains("\"name\":\"zurich\"").contains("UNREACHABLE");
            assertThat(get(service, "/v1/queue")).contains("\"items\":[]");
            assertThat(get(service, "/actuator/health")).contains("UP");
        }
    }

    @Test
    @SuppressWarnings("SystemOut") // a skipped test says why where everybody sees it
    void shouldServeTheTablesOfADeployment() throws Exception {
        if (!MotoServer.isOnPath()) {
            System.out.println("SKIPPED: the job API over DynamoDB was not tested: no moto_server on PATH");
        }
        assumeTrue(MotoServer.isOnPath());
        Map.of("aws.region", "us-east-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test")
                .forEach(System::setProperty);
        try (MotoServer moto = MotoServer.start();
                ConfigurableApplicationContext service = start("--stepyard.store=dynamodb",
                        "--stepyard.dynamodb-endpoint=" + moto.endpoint(), "--stepyard.table.clusters=of-my-own");
                DynamoDbClient client = DynamoDbClient.builder().endpointOverride(moto.endpoint())
                        .httpClient(UrlConnectionHttpClient.create()).build()) {
            new DynamoTables(DynamoTables.JOB_QUEUE, DynamoTables.JOB_RUNS, "of-my-own", DynamoTables.LEASES)
                    .create(client);

            assertThat(get(service, "/v1/clusters")).isEqualTo("{\"items\":[]}");
            assertThat(get(service, "/v1/jobs")).isEqualTo("{\"items\":[],\"nextCursor\":null}");
            assertThat(get(service, "/v1/queue")).contains("\"QUEUED\":0");
        }
    }

    @Test
    void shouldNotStartWithAStoreThatItDoesNotKnow() {
        assertThatThrownBy(() -> start("--stepyard.store=paper")).hasMessageContaining("JobStore");
    }

    private static ConfigurableApplicationContext start(String... words) {
        List<String> all = new ArrayList<>(List.of("--server.port=0"));
        all.addAll(List.of(words));
        return JobApiApplication.application().run(all.toArray(String[]::new));
    }

    private static String get(ConfigurableApplicationContext service, String path)
            throws IOException, InterruptedException {
        var server = ((ServletWebServerApplicationContext) service).getWebServer();
        int port = server == null ? 0 : server.getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    BodyHandlers.ofString()).body();
        }
    }
}
