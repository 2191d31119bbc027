package io.stepyard.queuerequest;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** On LocalStack in a container, where there is a Docker engine. */
class QueueRequestOnLocalStackTest extends QueueRequestOnAwsContract {

    /** As docker-compose.yml has it: later images want a token. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private @Nullable LocalStackContainer localStack;

    @BeforeAll
    @SuppressWarnings("SystemOut") // A skipped test says why where everybody sees it.
    void start() {
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker) {
            System.out.println("SKIPPED: queue request was not tested on LocalStack: no Docker engine answers");
        }
        Assumptions.assumeTrue(docker, "no Docker engine answers");
        localStack = new LocalStackContainer(IMAGE).withServices("dynamodb");
        localStack.start();
    }

    @Override
    URI endpoint() {
        return Objects.requireNonNull(localStack).getEndpoint();
    }

    @AfterAll
    void stop() {
        if (localStack != null) {
            localStack.stop();
        }
    }
}
