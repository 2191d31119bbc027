package io.stepyard.localcluster;

import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets a second cluster, in a directory of its own that is deleted afterwards, run some processes that do nothing, so that the JVM has
 * loaded and compiled what the first real runs need. The cluster itself never hears of it. When it fails, the first runs are slower, and
 * nothing else is different.
 */
final class Rehearsal {

    private static final String NAME = "rehearsal";
    static final int RUNS = 40;
    private static final int LOOKS_EACH = 4;
    private static final int MOST_LOOKS = 200;
    private static final int ANSWER_WITHIN_MILLIS = 5_000;
    private static final byte[] RUN = ("{\"jobId\":\"rehearsal\",\"attempt\":1,\"cpuMillicores\":1000,\"memoryMib\":64,"
            + "\"timeLimitSeconds\":60,\"command\":[\"true\"],\"workingDirectory\":null,\"environment\":{}}")
            .getBytes(StandardCharsets.UTF_8);

    private Rehearsal() {}

    /** In the background, beside whatever else the cluster does. */
    static Thread start(Path stateDir) {
        Path directory = stateDir.resolve(NAME);
        return Thread.ofPlatform().name(NAME).daemon(true).start(() -> perform(directory));
    }

    /**
     * Returns how many runs have ended well.
     *
     * @param directory its own: what is there is deleted, before and after
     */
    static int perform(Path directory) {
        int ended = 0;
        try {
            RunDirectory.deleteTree(directory);
            LocalCluster.Config config = LocalCluster.Config.of(NAME, Resources.ofCores(RUNS, RUNS * 64), 0, directory);
            try (LocalCluster cluster = LocalCluster.start(config.killingAfter(Duration.ZERO))) {
                ended = runAll(URI.create("http://127.0.0.1:" + cluster.port()));
            }
            RunDirectory.deleteTree(directory);
        } catch (IOException | ClusterStartException | RuntimeException failed) {
            System.err.println("cluster: the rehearsal failed, the first runs will be slower: " + failed);
        }
        return ended;
    }

    private static int runAll(URI cluster) throws IOException {
        for (int run = 0; run < RUNS; run++) {
            call(cluster, "PUT", "/v1/runs/rehearsal-" + run + ".1", RUN);
            for (int look = 0; look < LOOKS_EACH; look++) {
                call(cluster, "GET", "/v1/changes?since=" + run / 2, null);
                call(cluster, "GET", "/metrics", null);
            }
        }
        JsonMapper json = JsonMapper.builder().build();
        long ended = 0;
        for (int look = 0; ended < RUNS && look < MOST_LOOKS; look++) {
            byte[] changes = call(cluster, "GET", "/v1/changes?waitSeconds=1&since=" + ended, null);
            ended = json.readTree(changes).path("seq").longValue();
        }
        return json.readTree(call(cluster, "GET", "/v1/runs?state=SUCCEEDED", null)).path("items").size();
    }

    private static byte[] call(URI cluster, String method, String path, byte @Nullable [] body)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection) cluster.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setReadTimeout(ANSWER_WITHIN_MILLIS);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        if (status >= 300) {
            throw new IOException("Expected " + method + " " + path + " to be taken, but found " + status);
        }
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }
}
