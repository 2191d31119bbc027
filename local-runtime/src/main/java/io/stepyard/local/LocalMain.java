package io.stepyard.local;

import io.stepyard.local.StartException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Starts the whole system in this process, says where it is in one line, and stops it in order on SIGTERM or Ctrl-C. */
public final class LocalMain implements AutoCloseable {

    private static final Duration REHEARSE_TO_THE_END = Duration.ofSeconds(30);
    /** Set by the script when the JVM records what a start loads: ends as soon as everything has been seen once. */
    private static final String RECORDING = "stepyard.recording";

    private final LocalSystem system;
    private final ServletWebServerApplicationContext web;

    private LocalMain(LocalSystem system, ServletWebServerApplicationContext web) {
        this.system = system;
        this.web = web;
    }

    public static void main(String[] words) {
        Instant begun = Instant.now();
        if (List.of(words).contains("--help")) {
            System.out.println(LocalOptions.USAGE);
            return;
        }
        try {
            LocalOptions options = LocalOptions.parse(List.of(words));
            // Before the first logger: the log configuration reads it.
            System.setProperty("stepyard.logs", options.stateDir().resolve("logs").toString());
            InstantSource clock = InstantSource.system();
            LocalMain running = start(options, clock, begun);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
            Addresses addresses = running.announce(options, clock.instant());
            System.out.println(ready(addresses, Duration.between(begun, clock.instant())));
            if (Boolean.getBoolean(RECORDING)) {
                FirstLooks.at(addresses.jobApi());
                System.exit(0);
            }
        } catch (IllegalArgumentException usage) {
            fail(Reason.USAGE, usage.getMessage());
        } catch (StartException refused) {
            fail(refused.reason(), refused.getMessage());
        } catch (IOException unwritable) {
            fail(Reason.STATE_UNUSABLE, unwritable.toString());
        } catch (InterruptedException stopped) {
            fail(Reason.FAILED, "told to stop while starting");
        }
    }

    private static void fail(Reason reason, @Nullable String message) {
        System.err.println("local: " + message);
        System.exit(reason.exitCode());
    }

    /** Starts everything; when something does not start, all that did is stopped again. */
    private static LocalMain start(LocalOptions options, InstantSource clock, Instant begun)
            throws StartException, InterruptedException {
        LocalSystem system = LocalSystem.open(options, clock);
        ServletWebServerApplicationContext web = null;
        try (Rehearsal rehearsal = Rehearsal.start(system.directory().rehearsal(), options, clock)) {
            Future<?> clusters = system.startClusters();
            web = serve(system, options, clock);
            system.run(clusters);
            // Over or not, what was asked for is ready. The rehearsal holds it up no longer than everything else has.
            boolean _ = rehearsal.await(Boolean.getBoolean(RECORDING)
                    ? REHEARSE_TO_THE_END
                    : Duration.between(begun, clock.instant()));
            return new LocalMain(system, web);
        } catch (StartException | InterruptedException | RuntimeException failed) {
            if (web != null) {
                web.close();
            }
            system.close();
            throw failed;
        }
    }

    private static ServletWebServerApplicationContext serve(LocalSystem system, LocalOptions options,
            InstantSource clock) throws StartException {
        try {
            return LocalApplication.serve(system, options, clock);
        } catch (RuntimeException failed) {
            throw new StartException(Reason.FAILED, "the job API does not start on port " + options.apiPort() + ": "
                    + failed.getMessage(), failed);
        }
    }

    private Addresses announce(LocalOptions options, Instant now) throws IOException {
        var server = web.getWebServer();
        int apiPort = server == null ? options.apiPort() : server.getPort();
        Addresses addresses = new Addresses(ProcessHandle.current().pid(), now, "http://127.0.0.1:" + apiPort,
                "http://127.0.0.1:" + system.stepFunctionsPort(), JobManager.ARN, options.stateDir().toString(),
                system.clusters());
        system.directory().announce(addresses);
        return addresses;
    }

    private static String ready(Addresses at, Duration took) {
        String clusters = at.clusters().stream().map(cluster -> cluster.name() + " " + cluster.url())
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT,
                "Stepyard is ready after %.1f s: job API %s, Step Functions %s, clusters %s, state %s."
                        + " Next: %s./yard submit examples/*.json, then ./yard queue",
                took.toMillis() / 1000.0, at.jobApi(), at.stepFunctions(), clusters, at.stateDir(), elsewhere(at));
    }

    /** What a command has to be told when the runtime is not where commands look by themselves. */
    private static String elsewhere(Addresses at) {
        return at.jobApi().endsWith(":" + LocalOptions.API_PORT)
                && at.stepFunctions().endsWith(":" + LocalOptions.STEP_FUNCTIONS_PORT)
                        ? ""
                        : "export STEPYARD_API=" + at.jobApi() + " STEPYARD_ENDPOINT=" + at.stepFunctions() + "; ";
    }

    @Override
    public void close() {
        web.close();
        system.close();
    }
}
