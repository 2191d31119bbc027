package io.stepyard.cli.clusters;

import io.stepyard.cli.api.Amounts;
import io.stepyard.cli.api.ClusterView;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Json;
import io.stepyard.cli.text.Sizes;
import io.stepyard.cli.text.Times;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One cluster, for people or for programs. */
final class ClusterText {

    private ClusterText() {}

    static int print(Surroundings around, boolean json, ClusterView cluster) {
        if (json) {
            Json.print(around.out(), "cluster", cluster);
            return ExitCode.OK;
        }
        PrintWriter out = around.out();
        String detail = Objects.requireNonNullElse(cluster.detail(), "");
        out.println(cluster.name() + "  " + cluster.status() + (detail.isEmpty() ? "" : ": " + detail));
        out.println("  kind      " + cluster.kind() + " at " + cluster.endpoint() + (cluster.registeredBy() == null
                ? ""
                : ", registered by " + cluster.registeredBy().toLowerCase(Locale.ROOT).replace('_', ' ')));
        out.println("  capacity  " + amounts(cluster.capacity()) + ", reserved " + amounts(cluster.reserved())
                + ", used " + amounts(cluster.used()) + ", jobs " + cluster.liveJobs());
        out.println("  labels    " + cluster.labels());
        cluster.windows().forEach(window -> out.println("  planned   " + Times.instant(window.from()) + " to "
                + Times.instant(window.to()) + ": " + window.reason()));
        return ExitCode.OK;
    }

    private static String amounts(@Nullable Amounts amounts) {
        return amounts == null
                ? "?"
                : Sizes.cpu(amounts.cpuMillicores()) + " cores " + Sizes.memory(amounts.memoryMib());
    }
}
