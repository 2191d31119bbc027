package io.stepyard.cli.demo;

import io.stepyard.cli.api.ClusterView;
import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.ServiceOptions;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.Target;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.start.Launcher;
import io.stepyard.cli.submit.Executions;
import io.stepyard.cli.submit.StepFunctions;
import io.stepyard.cli.submit.Submitter;
import io.stepyard.cli.text.Json;
import io.stepyard.cli.text.Times;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yard demo}: the product in a minute, checked. */
@Command(name = "demo", description = {
        "Run the examples and check how each ends. Uses the runtime that runs, or starts one "
                + "with a state directory of its own and stops it afterwards.",
        "Exit code 0 when every job ended as its example says."}, footerHeading = "%nExamples:%n", footer = {
                "  yard demo", "  yard demo --keep        leave the runtime up, to look around",
                "  yard demo --json | jq .asExpected"})
public final class DemoCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private final ServiceOptions services = new ServiceOptions();

    @Option(names = "--keep", description = "Leave the runtime running that was started.")
    private boolean keep;

    @Option(names = "--examples", paramLabel = "DIR", description = "Where demo.json and the job files are (default: examples of the clone).")
    private @Nullable Path examples;

    @Option(names = "--limit", paramLabel = "SECONDS", description = "Give up after so many seconds (default ${DEFAULT-VALUE}).")
    private int limitSeconds = 180;

    @Option(names = "--json", description = "Print JSON with a version field.")
    private boolean json;

    public DemoCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Target target = services.target(around.environment());
        Path directory = examples != null
                ? around.directory().resolve(examples)
                : Launcher.home().resolve("examples");
        Manifest manifest = Manifest.read(directory.resolve("demo.json"));
        if (new JobApiClient(target.requireApi(), Json.MAPPER).isUp()) {
            say("Using the runtime at " + target.requireApi() + ".");
            return run(manifest, directory, target, null);
        }
        Path state = Launcher.home().resolve(".stepyard").resolve("demo");
        Optional<LocalRuntime.Addresses> kept = LocalRuntime.running(state);
        if (kept.isPresent()) {
            say("Using the runtime that an earlier demo has left up at " + kept.get().jobApi() + ".");
            return run(manifest, directory, target(kept.get()), null);
        }
        return runWithOwnRuntime(manifest, directory, state);
    }

    private int runWithOwnRuntime(Manifest manifest, Path directory, Path state) {
        LocalRuntime runtime = LocalRuntime.start(state, Launcher.home(), keep);
        Thread stop = new Thread(runtime::close, "stop-runtime");
        Runtime.getRuntime().addShutdownHook(stop);
        Instant begin = around.clock().instant();
        say("Starting the local runtime with two clusters, zurich and geneva.");
        boolean stays = false;
        try {
            LocalRuntime.Addresses addresses = runtime.awaitUp(around.pause());
            say("Up after " + Times.seconds(Duration.between(begin, around.clock().instant()))
                    + ": Step Functions API at " + addresses.stepFunctions() + ", job API at " + addresses.jobApi()
                    + ".");
            int exitCode = run(manifest, directory, target(addresses), runtime);
            stays = keep;
            return exitCode;
        } finally {
            Runtime.getRuntime().removeShutdownHook(stop);
            if (!stays) {
                runtime.close();
            }
        }
    }

    private int run(Manifest manifest, Path directory, Target target, @Nullable LocalRuntime runtime) {
        JobApiClient api = new JobApiClient(target.requireApi(), Json.MAPPER);
        LiveView view = new LiveView(around.out(), around.screen(), around.clock());
        say("Submitting " + manifest.jobs().size() + " jobs of three tenants, the urgent ones late.");
        try (Executions executions = StepFunctions.connect(target)) {
            DemoRun run = new DemoRun(manifest, directory, around, api, new Submitter(executions, around));
            List<DemoJob> jobs = run.follow(Duration.ofSeconds(limitSeconds), json ? (seen, elapsed) -> {
            } : view::show);
            List<ClusterView> clusters = api.clusters();
            Summary summary = new Summary(jobs, clusters);
            if (json) {
                Json.print(around.out(), summary.document());
            } else {
                summary.print(around.out(), around.screen());
                lookFurther(jobs, target, runtime);
                end(summary, jobs.size());
            }
            return summary.problems().isEmpty() ? ExitCode.OK : ExitCode.JOB_FAILED;
        } catch (YardFailure failure) {
            throw runtime == null
                    ? failure
                    : new YardFailure(failure.exitCode(), failure.getMessage() + " (the runtime's log: " + runtime.log()
                            + ")", failure);
        }
    }

    private static Target target(LocalRuntime.Addresses addresses) {
        return new Target(addresses.stepFunctions(), Target.LOCAL_REGION, null, addresses.jobApi(),
                addresses.stateMachineArn());
    }

    private void lookFurther(List<DemoJob> jobs, Target target, @Nullable LocalRuntime runtime) {
        String jobId = jobs.stream().filter(job -> job.end() != null && job.end().failure() != null)
                .map(DemoJob::jobId).filter(Objects::nonNull).findFirst().orElse("JOB");
        PrintWriter out = around.out();
        out.println();
        LocalRuntime stopping = keep ? null : runtime;
        if (stopping != null) {
            out.println(
                    "Look further: the runtime stops now (with --keep it stays up). This brings it back with all its jobs:");
            out.println("  ./yard local --state-dir " + around.directory().relativize(stopping.state()));
            out.println("and in another terminal:");
        } else {
            out.println("Look further:");
        }
        String api = stopping != null || Target.LOCAL_API.equals(target.api()) ? "" : " --api " + target.api();
        out.println("  ./yard show " + jobId + api);
        out.println("  ./yard history " + jobId + api);
        out.println("  ./yard logs " + jobId + api);
        out.println("  ./yard clusters" + api);
        if (runtime != null && keep) {
            out.println("Stop the runtime: kill " + runtime.processId());
        }
    }

    private void end(Summary summary, int jobs) {
        List<String> problems = summary.problems();
        around.out().println();
        if (problems.isEmpty()) {
            around.out().println("All " + jobs + " jobs ended as their examples say.");
        } else {
            around.out().println("Not as the examples say:");
            problems.forEach(problem -> around.out().println("  " + problem));
        }
    }

    private void say(String line) {
        around.err().println(line);
        around.err().flush();
    }
}
