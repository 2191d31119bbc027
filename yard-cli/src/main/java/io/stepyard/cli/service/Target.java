package io.stepyard.cli.service;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the services of one command are.
 *
 * @param endpoint Step Functions; null means AWS's own endpoint of the region
 * @param region AWS region; null means the SDK's own search
 * @param profile profile of the AWS configuration files; null means the SDK's own search
 * @param api base URL of the job API; null when there is none to be known
 * @param stateMachine ARN of the job manager, or its name when it does not start with {@code arn:}
 */
public record Target(@Nullable URI endpoint, @Nullable String region, @Nullable String profile, @Nullable URI api,
        String stateMachine) {

    public static final URI LOCAL_ENDPOINT = URI.create("http://127.0.0.1:8083");
    public static final URI LOCAL_API = URI.create("http://127.0.0.1:8084");
    public static final String LOCAL_REGION = "us-east-1";
    public static final String STATE_MACHINE_NAME = "stepyard-job-manager";
    public static final String LOCAL_STATE_MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:"
            + STATE_MACHINE_NAME;
    /** The word for AWS's own endpoint, where a URL would stand. */
    public static final String AWS = "aws";

    /** What was asked for on the command line; null where nothing was. */
    public record Asked(@Nullable String endpoint, @Nullable String region, @Nullable String profile,
            @Nullable String api, @Nullable String stateMachine) {}

    /**
     * Options first, then environment variables, then the local runtime. A profile or a region without an endpoint means AWS.
     *
     * @throws YardFailure with {@link ExitCode#USAGE} when a URL is none
     */
    public static Target resolve(Asked asked, Map<String, String> environment) {
        String endpointText = first(asked.endpoint(), environment.get("STEPYARD_ENDPOINT"));
        boolean asksForAws = asked.profile() != null || asked.region() != null;
        boolean onAws = endpointText == null ? asksForAws : endpointText.equalsIgnoreCase(AWS);
        URI endpoint = onAws ? null : endpointText == null ? LOCAL_ENDPOINT : url("--endpoint", endpointText);
        String apiText = first(asked.api(), environment.get("STEPYARD_API"));
        URI api = apiText != null ? url("--api", apiText) : onAws ? null : LOCAL_API;
        String region = first(asked.region(),
                first(environment.get("AWS_REGION"), environment.get("AWS_DEFAULT_REGION")));
        String stateMachine = first(asked.stateMachine(), environment.get("STEPYARD_STATE_MACHINE"));
        return new Target(endpoint, region == null && !onAws ? LOCAL_REGION : region, asked.profile(), api,
                stateMachine != null ? stateMachine : onAws ? STATE_MACHINE_NAME : LOCAL_STATE_MACHINE);
    }

    public boolean isAws() {
        return endpoint == null;
    }

    /** Whether the Step Functions endpoint is on this machine, where no AWS credentials are needed. */
    public boolean isLoopback() {
        String host = endpoint == null ? null : endpoint.getHost();
        return host != null && (host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]"));
    }

    public URI requireApi() {
        if (api == null) {
            throw new YardFailure(ExitCode.USAGE,
                    "No job API is known for AWS: say where it is with --api URL or STEPYARD_API");
        }
        return api;
    }

    private static @Nullable String first(@Nullable String preferred, @Nullable String other) {
        return preferred != null && !preferred.isBlank() ? preferred : other == null || other.isBlank() ? null : other;
    }

    private static URI url(String option, String text) {
        try {
            URI uri = URI.create(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            throw new YardFailure(ExitCode.USAGE, badUrl(option, text), notAUri);
        }
        throw new YardFailure(ExitCode.USAGE, badUrl(option, text));
    }

    private static String badUrl(String option, String text) {
        return "Expected a URL such as http://127.0.0.1:8084 for " + option + ", but found '" + text + "'";
    }
}
