package io.stepyard.cli.submit;

import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Target;
import io.stepyard.cli.service.YardFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/** Executions through the AWS SDK, on AWS or at an endpoint that speaks its protocol. */
public final class StepFunctions implements Executions {

    private final SfnClient client;
    private final Target target;
    private @Nullable String stateMachineArn;

    private StepFunctions(SfnClient client, Target target) {
        this.client = client;
        this.target = target;
        this.stateMachineArn = target.stateMachine().startsWith("arn:") ? target.stateMachine() : null;
    }

    public static StepFunctions connect(Target target) {
        SfnClientBuilder builder = SfnClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        String region = target.region();
        if (region != null) {
            builder.region(Region.of(region));
        }
        String profile = target.profile();
        if (profile != null) {
            builder.credentialsProvider(ProfileCredentialsProvider.create(profile));
        } else if (target.isLoopback()) {
            // A local endpoint checks no signature; searching for credentials would cost a second or ask the network.
            builder.credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("stepyard", "stepyard")));
        }
        if (target.endpoint() != null) {
            builder.endpointOverride(target.endpoint());
        }
        if (target.isLoopback()) {
            builder.overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
        }
        return new StepFunctions(asFailure(target, builder::build), target);
    }

    @Override
    public String start(String name, String input) {
        return asFailure(target, () -> {
            try {
                return client.startExecution(request -> request.stateMachineArn(stateMachine()).name(name)
                        .input(input)).executionArn();
            } catch (ExecutionAlreadyExistsException exists) {
                throw new YardFailure(ExitCode.REFUSED, "A job with the id '" + name + "' exists already with another "
                        + "job JSON or has ended: choose another --name, or look at it with yard show " + name, exists);
            } catch (StateMachineDoesNotExistException missing) {
                throw new YardFailure(ExitCode.NOT_FOUND, "There is no state machine " + target.stateMachine() + " at "
                        + place(target) + ": name the job manager with --state-machine", missing);
            }
        });
    }

    @Override
    public Execution describe(String arn) {
        return asFailure(target, () -> {
            try {
                DescribeExecutionResponse found = client.describeExecution(request -> request.executionArn(arn));
                return new Execution(arn, status(found.status()), found.error(), found.cause());
            } catch (ExecutionDoesNotExistException missing) {
                throw new YardFailure(ExitCode.NOT_FOUND, "There is no execution " + arn + " at " + place(target),
                        missing);
            }
        });
    }

    @Override
    public Execution ofJob(String jobId) {
        String machine = asFailure(target, this::stateMachine);
        return describe(machine.replace(":stateMachine:", ":execution:") + ":" + jobId);
    }

    @Override
    public void close() {
        client.close();
    }

    private String stateMachine() {
        String arn = stateMachineArn;
        if (arn == null) {
            arn = client.listStateMachinesPaginator().stateMachines().stream()
                    .filter(machine -> machine.name().equals(target.stateMachine()))
                    .map(StateMachineListItem::stateMachineArn).findFirst()
                    .orElseThrow(() -> new YardFailure(ExitCode.NOT_FOUND, "There is no state machine named "
                            + target.stateMachine() + " at " + place(target)
                            + ": deploy the stack, or name another with --state-machine, --region or --profile"));
            stateMachineArn = arn;
        }
        return arn;
    }

    /** PENDING_REDRIVE and states that AWS may add have not ended. */
    private static Status status(ExecutionStatus status) {
        return switch (status) {
            case SUCCEEDED -> Status.SUCCEEDED;
            case FAILED -> Status.FAILED;
            case TIMED_OUT -> Status.TIMED_OUT;
            case ABORTED -> Status.ABORTED;
            case RUNNING, PENDING_REDRIVE, UNKNOWN_TO_SDK_VERSION -> Status.RUNNING;
        };
    }

    private static <T> T asFailure(Target target, Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException refused) {
            int exitCode = refused.statusCode() >= 500 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
            throw new YardFailure(exitCode, "Step Functions at " + place(target) + " refused: "
                    + refused.awsErrorDetails().errorCode() + " - " + refused.awsErrorDetails().errorMessage(),
                    refused);
        } catch (SdkClientException unreachable) {
            throw new YardFailure(ExitCode.UNREACHABLE, advice(target, unreachable), unreachable);
        }
    }

    private static String advice(Target target, SdkClientException unreachable) {
        String found = firstLine(unreachable.getMessage());
        if (target.isAws()) {
            return "Cannot reach Step Functions on AWS (" + found + "): check --region, --profile and your credentials";
        }
        return "No answer from Step Functions at " + place(target) + " (" + found
                + "): start the local runtime with yard local, or say where it is with --endpoint or STEPYARD_ENDPOINT";
    }

    private static String place(Target target) {
        return target.endpoint() == null ? "AWS" : target.endpoint().toString();
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("no message");
    }
}
