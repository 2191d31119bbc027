package io.stepyard.cli.jobs;

import io.stepyard.cli.api.HistoryItem;
import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.text.Json;
import io.stepyard.cli.text.Table;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code yard history}: what happened to one job, oldest first. */
@Command(name = "history", description = {"Show what happened to one job, oldest first,",
        "or write all jobs that have ended to a file that yard simulate --trace reads."}, footerHeading = "%nExamples:%n", footer = {
                "  yard history word-count-20261121-101500-k3f9",
                "  yard history --export jobs.jsonl      then: yard simulate --trace jobs.jsonl --clusters clusters.json",
                "  yard history word-count-20261121-101500-k3f9 --json | jq -r '.items[].type'"})
public final class HistoryCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "JOB", arity = "0..1", description = "The job's id.")
    private @Nullable String jobId;

    @Option(names = "--export", paramLabel = "FILE", description = "Write every job that has ended there, one JSON object a line; '-' is standard output.")
    private @Nullable String export;

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public HistoryCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        if ((jobId == null) == (export == null)) {
            throw new YardFailure(ExitCode.USAGE, "Expected a job's id or --export FILE, and not both");
        }
        JobApiClient api = Services.jobApi(services.target(around.environment()));
        return jobId == null ? new HistoryExport(around, json).write(api, String.valueOf(export)) : show(api, jobId);
    }

    private int show(JobApiClient api, String jobId) {
        List<HistoryItem> items = api.history(jobId);
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("jobId", jobId);
            fields.put("items", items);
            Json.print(around.out(), fields);
            return ExitCode.OK;
        }
        Table table = new Table("AT", "EVENT", "BY", "DETAIL");
        for (HistoryItem item : items) {
            table.row(item.at().truncatedTo(ChronoUnit.MILLIS).toString(), item.type(),
                    Objects.requireNonNullElse(item.actor(), "-"), detail(item.detail()));
        }
        table.lines(0).forEach(around.out()::println);
        return ExitCode.OK;
    }

    private static String detail(@Nullable JsonNode detail) {
        if (detail == null || detail.isNull()) {
            return "";
        }
        if (detail.isObject()) {
            StringBuilder text = new StringBuilder();
            detail.properties().forEach(field -> text.append(text.isEmpty() ? "" : ", ").append(field.getKey())
                    .append(' ').append(plain(field.getValue())));
            return text.toString();
        }
        return plain(detail);
    }

    private static String plain(JsonNode value) {
        return (value.isString() ? value.stringValue() : value.toString()).replace('\n', ' ');
    }
}
