package io.stepyard.cli.start;

import io.stepyard.cli.service.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yard step-functions}: its help is here; the engine's own program does the work, started by the script in a JVM of its own. */
@Command(name = "step-functions", description = "Run the Step Functions engine alone, for the AWS CLI, the AWS SDKs and boto3.", footerHeading = "%nExamples:%n", footer = {
        "  yard step-functions",
        "  yard step-functions --port 0 --in-memory",
        "  yard step-functions --data state --function price=http://127.0.0.1:9001/2015-03-31/functions/price/invocations",
        "  yard step-functions --lambda-endpoint http://127.0.0.1:3001 --service sqs=http://127.0.0.1:4566 --objects buckets"})
@SuppressWarnings("UnusedVariable") // the options are here for the help; what was written is handed on as it is
public final class StepFunctionsCommand implements Callable<Integer> {

    private final Surroundings around;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", description = "Where it listens (default: 8083; 0 takes a free port).")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "The interface (default: 127.0.0.1). Credentials are not checked: keep to the loopback.")
    private @Nullable String bind;

    @Option(names = "--data", paramLabel = "DIR", description = "Where it keeps everything (default: .stepyard/step-functions).")
    private @Nullable String data;

    @Option(names = "--in-memory", description = "Keep everything in memory instead.")
    private boolean inMemory;

    @Option(names = "--function", paramLabel = "NAME=URL", description = "A function behind a URL that takes the Lambda Invoke API; may be repeated.")
    private @Nullable List<String> functions;

    @Option(names = "--lambda-endpoint", paramLabel = "URL", description = "Where all other functions are: URL/2015-03-31/functions/NAME/invocations.")
    private @Nullable String lambdaEndpoint;

    @Option(names = "--service", paramLabel = "NAME=URL", description = "Where sqs, sns or events go, for example an emulator; may be repeated.")
    private @Nullable List<String> services;

    @Option(names = "--objects", paramLabel = "DIR", description = "S3 objects for distributed Maps: a bucket is a directory in it.")
    private @Nullable String objects;

    @Option(names = "--retention", paramLabel = "SPAN", description = "How long ended executions are kept: 90d, 12h, 30m, 45s (default: 90d).")
    private @Nullable String retention;

    @Option(names = "--account", paramLabel = "DIGITS", description = "The account in ARNs (default: 000000000000).")
    private @Nullable String account;

    @Option(names = "--region", paramLabel = "REGION", description = "The region in ARNs (default: us-east-1).")
    private @Nullable String region;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    public StepFunctionsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        List<String> arguments = spec == null
                ? List.of()
                : spec.root().commandLine().getParseResult().originalArgs();
        return Launcher.run(around, arguments);
    }
}
