package io.stepyard.cli;

import io.stepyard.cli.api.ApiRefusal;
import io.stepyard.cli.api.ApiUnreachable;
import io.stepyard.cli.demo.DemoCommand;
import io.stepyard.cli.clusters.AddCluster;
import io.stepyard.cli.clusters.DrainCluster;
import io.stepyard.cli.clusters.ListClusters;
import io.stepyard.cli.clusters.RemoveCluster;
import io.stepyard.cli.clusters.ResumeCluster;
import io.stepyard.cli.clusters.ShowCluster;
import io.stepyard.cli.jobs.CancelCommand;
import io.stepyard.cli.jobs.ClustersCommand;
import io.stepyard.cli.jobs.ExplainCommand;
import io.stepyard.cli.jobs.HistoryCommand;
import io.stepyard.cli.jobs.HoldCommand;
import io.stepyard.cli.jobs.LogsCommand;
import io.stepyard.cli.jobs.PriorityCommand;
import io.stepyard.cli.jobs.QueueCommand;
import io.stepyard.cli.jobs.ReleaseCommand;
import io.stepyard.cli.jobs.ShowCommand;
import io.stepyard.cli.jobs.TenantsCommand;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.simulate.SimulateCommand;
import io.stepyard.cli.start.ClusterCommand;
import io.stepyard.cli.start.ConformanceCommand;
import io.stepyard.cli.start.LocalCommand;
import io.stepyard.cli.start.StepFunctionsCommand;
import io.stepyard.cli.start.TortureCommand;
import io.stepyard.cli.start.TrainCommand;
import io.stepyard.cli.submit.SubmitCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together and turns whatever happens into one line and an exit code. */
public final class Yard {

    /** Same list in every command's help. */
    private static final Map<String, String> EXIT_CODES = exitCodes();

    private final Surroundings around;

    public Yard(Surroundings around) {
        this.around = around;
    }

    /** Runs one command line and returns its exit code. Nothing is thrown. */
    public int run(String... arguments) {
        int exitCode = commandLine(arguments).execute(arguments);
        around.out().flush();
        around.err().flush();
        return exitCode;
    }

    /** All commands with their options and help, ready to be executed; only the one that is named where the first argument names one. */
    CommandLine commandLine(String... arguments) {
        CommandLine yard = new CommandLine(new YardCommand(around));
        Map<String, Supplier<Object>> commands = commands();
        Supplier<Object> named = arguments.length == 0 ? null : commands.get(arguments[0]);
        // Reading a command's options takes longer than most commands do: the others are left out.
        (named == null ? commands.values() : List.of(named)).forEach(command -> yard.addSubcommand(command.get()));
        yard.setOut(around.out());
        yard.setErr(around.err());
        yard.setUsageHelpWidth(110);
        yard.setCaseInsensitiveEnumValuesAllowed(true);
        yard.setParameterExceptionHandler((exception, _) -> usage(exception));
        yard.setExecutionExceptionHandler((exception, command, result) -> failed(exception));
        describeExitCodes(yard);
        return yard;
    }

    private CommandLine clusters() {
        CommandLine clusters = new CommandLine(new ClustersCommand(around));
        clusters.addSubcommand(new ListClusters(around));
        clusters.addSubcommand(new ShowCluster(around));
        clusters.addSubcommand(new AddCluster(around));
        clusters.addSubcommand(new RemoveCluster(around));
        clusters.addSubcommand(new DrainCluster(around));
        clusters.addSubcommand(new ResumeCluster(around));
        return clusters;
    }

    private Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("submit", () -> new SubmitCommand(around));
        commands.put("queue", () -> new QueueCommand(around));
        commands.put("show", () -> new ShowCommand(around));
        commands.put("history", () -> new HistoryCommand(around));
        commands.put("logs", () -> new LogsCommand(around));
        commands.put("explain", () -> new ExplainCommand(around));
        commands.put("cancel", () -> new CancelCommand(around));
        commands.put("hold", () -> new HoldCommand(around));
        commands.put("release", () -> new ReleaseCommand(around));
        commands.put("priority", () -> new PriorityCommand(around));
        commands.put("clusters", this::clusters);
        commands.put("tenants", () -> new TenantsCommand(around));
        commands.put("local", () -> new LocalCommand(around));
        commands.put("cluster", () -> new ClusterCommand(around));
        commands.put("demo", () -> new DemoCommand(around));
        commands.put("simulate", () -> new SimulateCommand(around));
        commands.put("step-functions", () -> new StepFunctionsCommand(around));
        commands.put("conformance", () -> new ConformanceCommand(around));
        commands.put("torture", () -> new TortureCommand(around));
        commands.put("train", () -> new TrainCommand(around, inner -> new Yard(inner)::run));
        return commands;
    }

    private static void describeExitCodes(CommandLine command) {
        command.getCommandSpec().version(YardCommand.VERSION);
        command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(EXIT_CODES);
        command.getSubcommands().values().forEach(Yard::describeExitCodes);
    }

    private int usage(ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        around.err().println("yard: " + usageFault(exception) + ". See " + command + " --help");
        return ExitCode.USAGE;
    }

    private static String usageFault(ParameterException exception) {
        boolean root = exception.getCommandLine().getParent() == null;
        if (!root || !(exception instanceof UnmatchedArgumentException unmatched) || unmatched.isUnknownOption()) {
            return oneLine(exception);
        }
        List<String> near = unmatched.getSuggestions();
        return "There is no command '" + unmatched.getUnmatched().getFirst() + "'"
                + (near.isEmpty() ? "" : "; near it: " + String.join(", ", near));
    }

    private int failed(Exception exception) {
        return switch (exception) {
            case YardFailure failure -> tell(failure.exitCode(), oneLine(failure));
            case ApiUnreachable silent -> tell(ExitCode.UNREACHABLE, oneLine(silent)
                    + ": start the local runtime with yard local, or say where it is with --api or STEPYARD_API");
            case ApiRefusal refusal -> refused(refusal);
            default -> internal(exception);
        };
    }

    private int refused(ApiRefusal refusal) {
        int status = refusal.problem().status();
        String sentence = oneLine(refusal);
        if (refusal.isNotFound()) {
            return tell(ExitCode.NOT_FOUND,
                    sentence.replaceAll("\\.$", "") + ": yard queue shows the jobs that live or wait");
        }
        if (status >= 500) {
            return tell(ExitCode.UNREACHABLE, "the job API failed with status " + status + ": " + sentence
                    + "; ask again later, its log says more");
        }
        int exitCode = tell(ExitCode.REFUSED, "refused: " + sentence);
        refusal.problem().faults().forEach(fault -> around.err().println("  " + fault.pointer() + ": found "
                + fault.found() + ", expected " + fault.expected()));
        return exitCode;
    }

    /** Only a defect comes here; its stack is for those who mend it. */
    private int internal(Exception exception) {
        if (around.environment().containsKey("STEPYARD_DEBUG")) {
            exception.printStackTrace(around.err());
        }
        return tell(ExitCode.INTERNAL, "a defect in yard itself: " + exception.getClass().getSimpleName() + " "
                + oneLine(exception) + " (STEPYARD_DEBUG=1 shows where)");
    }

    private int tell(int exitCode, String line) {
        around.err().println("yard: " + line);
        return exitCode;
    }

    private static String oneLine(Exception exception) {
        return Objects.requireNonNullElse(exception.getMessage(), "no message").strip().replace('\n', ' ');
    }

    static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put(" " + ExitCode.OK, "All well");
        codes.put(" " + ExitCode.JOB_FAILED,
                "A job failed, was cancelled or ran out of time; torture: a promise was broken");
        codes.put(" " + ExitCode.USAGE, "Wrong command line");
        codes.put(" " + ExitCode.REFUSED, "A job or a request was invalid or refused; "
                + "torture: some kind of fault has struck nowhere, the set does not count");
        codes.put(" " + ExitCode.NOT_FOUND, "No such job, cluster or state machine");
        codes.put(" " + ExitCode.WAIT_TIMED_OUT, "Waiting was given up; the job goes on");
        codes.put(" " + ExitCode.UNREACHABLE, "A service does not answer or failed, or yard lacks a JDK 25 or Maven");
        codes.put(" " + ExitCode.STATE_IN_USE, "local, cluster: the state directory belongs to another that lives");
        codes.put(" " + ExitCode.PORT_TAKEN, "local, cluster: a port is taken");
        codes.put(" " + ExitCode.STATE_UNUSABLE, "local, cluster: the state directory cannot be used");
        codes.put("" + ExitCode.NOT_STARTED, "local: something else keeps it from starting");
        codes.put("" + ExitCode.INTERNAL, "A defect in yard itself, or its build failed");
        return codes;
    }
}
