package io.stepyard.cli.jobs;

import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Services;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.text.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yard logs}: what one attempt of a job wrote. */
@Command(name = "logs", description = "Print what a job wrote: its error output, or its output with --stdout.", footerHeading = "%nExamples:%n", footer = {
        "  yard logs word-count-20261121-101500-k3f9 --stdout",
        "  yard logs flaky-import-20261121-101502-p2xd --attempt 1"})
public final class LogsCommand implements Callable<Integer> {

    private static final int DEFAULT_MAX_BYTES = 64 * 1024;

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String jobId = "";

    @Option(names = "--stdout", description = "The output instead of the error output.")
    private boolean stdout;

    @Option(names = "--attempt", paramLabel = "N", description = "Of attempt N, from 1 (default: the last one).")
    private int attempt;

    @Option(names = "--max-bytes", paramLabel = "N", description = "The last N bytes (default ${DEFAULT-VALUE}).")
    private int maxBytes = DEFAULT_MAX_BYTES;

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public LogsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        if (attempt < 0 || maxBytes < 1) {
            throw new YardFailure(ExitCode.USAGE, "Expected --attempt and --max-bytes of at least 1, but found "
                    + attempt + " and " + maxBytes);
        }
        String stream = stdout ? "stdout" : "stderr";
        String text = Services.jobApi(services.target(around.environment())).logs(jobId, stream, attempt, maxBytes);
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("jobId", jobId);
            fields.put("stream", stream);
            fields.put("text", text);
            Json.print(around.out(), fields);
        } else if (text.isEmpty()) {
            around.err().println("yard: nothing on " + stream + (stdout
                    ? ""
                    : "; its output: yard logs " + jobId
                            + " --stdout"));
        } else {
            around.out().print(text.endsWith("\n") ? text : text + "\n");
        }
        return ExitCode.OK;
    }
}
