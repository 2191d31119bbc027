package io.stepyard.cli.service;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has: which services it speaks to. */
public final class ServiceOptions {

    @Option(names = "--endpoint", paramLabel = "URL", order = 90, description = "Step Functions endpoint, or 'aws' for AWS's own "
            + "(STEPYARD_ENDPOINT; http://127.0.0.1:8083).")
    private @Nullable String endpoint;

    @Option(names = "--region", paramLabel = "REGION", order = 91, description = "AWS region; without --endpoint it means AWS (AWS_REGION).")
    private @Nullable String region;

    @Option(names = "--profile", paramLabel = "NAME", order = 92, description = "AWS profile; without --endpoint it means AWS.")
    private @Nullable String profile;

    @Option(names = "--api", paramLabel = "URL", order = 93, description = "Job API (STEPYARD_API; http://127.0.0.1:8084).")
    private @Nullable String api;

    @Option(names = "--state-machine", paramLabel = "ARN|NAME", order = 94, description = "Job manager (STEPYARD_STATE_MACHINE; "
            + "stepyard-job-manager).")
    private @Nullable String stateMachine;

    @Option(names = {"-h", "--help"}, usageHelp = true, order = 99, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    /** @throws YardFailure with {@link ExitCode#USAGE} when a URL is none */
    public Target target(Map<String, String> environment) {
        return Target.resolve(new Target.Asked(endpoint, region, profile, api, stateMachine), environment);
    }
}
