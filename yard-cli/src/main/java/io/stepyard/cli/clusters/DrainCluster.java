package io.stepyard.cli.clusters;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.YardFailure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard clusters drain}. Let nothing new start on a cluster; what runs goes on. Asking twice is asking once. */
@Command(name = "drain", description = {
        "Let nothing new start on a cluster; what runs goes on. Asking twice is asking once.",
        "With times: nothing starts that cannot end, by its time limit, before the maintenance begins."}, footerHeading = "%nExamples:%n", footer = {
                "  yard clusters drain zurich --reason 'wrong input'",
                "  yard clusters drain zurich --at 2026-11-21T18:00:00Z --for 2h --reason disks",
                "  yard clusters drain zurich --at 30m --until 2h"})
public final class DrainCluster implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "CLUSTER", description = "The cluster's name.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, shown to everybody whose job waits for it.")
    private String reason = "asked for with yard clusters drain";

    @Option(names = "--at", paramLabel = "WHEN", description = "Begin of the maintenance: a time, or 30m, 2h from now.")
    private @Nullable String at;

    @Option(names = "--until", paramLabel = "WHEN", description = "Its end, likewise.")
    private @Nullable String until;

    @Option(names = "--for", paramLabel = "TIME", description = "How long it lasts, instead of --until.")
    private @Nullable String length;

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public DrainCluster(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("reason", reason);
        window(wish);
        return ClusterText.print(around, json, api.drain(name, wish));
    }

    private void window(Map<String, Object> wish) {
        if (at == null && until == null && length == null) {
            return;
        }
        if ((until == null) == (length == null)) {
            throw new YardFailure(ExitCode.USAGE, "Maintenance ends: give --until or --for");
        }
        Instant now = around.clock().instant();
        Instant from = at == null ? now : When.parse("--at", at, now);
        wish.put("from", from.toString());
        wish.put("to", (until != null
                ? When.parse("--until", until, now)
                : from.plus(When.length("--for", String.valueOf(length)))).toString());
    }
}
