package io.stepyard.queuerequest;

import io.stepyard.contracts.MotoServer;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** On moto_server, where that is on the PATH. */
class QueueRequestOnMotoTest extends QueueRequestOnAwsContract {

    private @Nullable MotoServer moto;

    @BeforeAll
    @SuppressWarnings("SystemOut") // A skipped test says why where everybody sees it.
    void start() throws IOException {
        if (!MotoServer.isOnPath()) {
            System.out.println(
                    "SKIPPED: queue request was not tested on moto: no moto_server on PATH (pip install 'moto[server]')");
        }
        Assumptions.assumeTrue(MotoServer.isOnPath(), "no moto_server on PATH");
        moto = MotoServer.start();
    }

    @Override
    URI endpoint() {
        return Objects.requireNonNull(moto).endpoint();
    }

    @AfterAll
    void stop() throws IOException {
        if (moto != null) {
            moto.close();
        }
    }
}
