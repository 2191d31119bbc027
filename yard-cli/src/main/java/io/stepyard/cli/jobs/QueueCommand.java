package io.stepyard.cli.jobs;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.api.JobSummary;
import io.stepyard.cli.api.QueueView;
import io.stepyard.cli.api.StartView;
import io.stepyard.cli.api.StartsView;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Json;
import io.stepyard.cli.text.Table;
import io.stepyard.cli.text.Times;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yard queue}: what runs and what waits, each waiting job with its reason. */
@Command(name = "queue", description = {"Show live and waiting jobs: running first, then in queue order.",
        "TIME is the run time of a live job and the waiting time of a waiting one."}, footerHeading = "%nExamples:%n", footer = {
                "  yard queue                     everything that lives or waits",
                "  yard queue -i 2                again every 2 seconds",
                "  yard queue --start             when waiting jobs would start, in the order of the policy",
                "  yard queue --tenant research --state QUEUED,BACKOFF",
                "  yard queue --json | jq -r '.items[] | select(.state==\"QUEUED\") | .jobId'"})
public final class QueueCommand implements Callable<Integer> {

    private static final int DEFAULT_LIMIT = 1000;

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    @Option(names = "--start", description = {"Show when waiting jobs would start:",
            "EXPECTED by how long similar jobs ran, PLANNED by time limits, which nobody behind a job delays."})
    private boolean start;

    @Option(names = {"-i",
            "--interval"}, paramLabel = "SECONDS", description = "Show it again every so many seconds, until stopped.")
    private int intervalSeconds;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's jobs.")
    private @Nullable String tenant;

    @Option(names = "--state", paramLabel = "STATE", split = ",", description = "Only jobs in these states: ${COMPLETION-CANDIDATES}.")
    private @Nullable Set<JobState> states;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many jobs (default ${DEFAULT-VALUE}).")
    private int limit = DEFAULT_LIMIT;

    public QueueCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        show(api);
        while (intervalSeconds > 0 && !Thread.currentThread().isInterrupted()) {
            around.out().flush();
            around.pause().pause(Duration.ofSeconds(intervalSeconds));
            if (!Thread.currentThread().isInterrupted()) {
                around.out().println();
                show(api);
            }
        }
        return ExitCode.OK;
    }

    private void show(JobApiClient api) {
        if (start) {
            showStarts(api.starts(limit));
        } else {
            show(api.queue(limit));
        }
    }

    private void showStarts(StartsView starts) {
        List<StartsView.Waiting> items = starts.items().stream()
                .filter(job -> tenant == null || tenant.equals(job.tenant())).toList();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("at", starts.at());
            fields.put("items", items);
            Json.print(around.out(), fields);
            return;
        }
        if (items.isEmpty()) {
            around.out().println("Nothing waits.");
            return;
        }
        Table table = new Table("JOBID", "NAME", "TENANT", ">PRIO", ">RANK", "EXPECTED", "PLANNED", "CLUSTER",
                "BASIS(REASON)");
        for (StartsView.Waiting job : items) {
            StartView when = job.start();
            StartView.Place expected = when == null ? null : when.expected();
            StartView.Place planned = when == null ? null : when.planned();
            table.row(job.jobId(), job.name(), job.tenant(), Integer.toString(job.priority()),
                    job.standing() == null ? "-" : Integer.toString(job.standing().rank()),
                    Times.instant(expected == null ? null : expected.at()),
                    Times.instant(planned == null ? null : planned.at()), expected == null ? "-" : expected.cluster(),
                    (when == null ? "" : when.basis()) + (job.reason() == null ? "" : " (" + job.reason() + ")"));
        }
        table.lines(0).forEach(around.out()::println);
    }

    private void show(QueueView queue) {
        List<JobSummary> items = queue.items().stream().filter(this::isWanted).toList();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("items", items);
            fields.put("counts", queue.counts());
            Json.print(around.out(), fields);
            return;
        }
        if (items.isEmpty()) {
            around.out().println(queue.items().isEmpty()
                    ? "Nothing runs and nothing waits."
                    : "No live or waiting job is as asked for; " + queue.items().size() + " are otherwise.");
            return;
        }
        JobTable.of(items, around.clock().instant()).lines(0).forEach(around.out()::println);
    }

    private boolean isWanted(JobSummary job) {
        return (tenant == null || tenant.equals(job.tenant()))
                && (states == null || states.isEmpty() || states.contains(job.state()));
    }
}
