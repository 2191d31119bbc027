package io.stepyard.cli;

import io.stepyard.cli.api.ApiRefusal;
import io.stepyard.cli.api.ApiUnreachable;
import io.stepyard.cli.demo.DemoCommand;
import io.stepyard.cli.jobs.CancelCommand;
import io.stepyard.cli.jobs.ClustersCommand;
import io.stepyard.cli.jobs.HistoryCommand;
import io.stepyard.cli.jobs.LogsCommand;
import io.stepyard.cli.jobs.QueueCommand;
import io.stepyard.cli.jobs.ShowCommand;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.simulate.SimulateCommand;
import io.stepyard.cli.start.ClusterCommand;
import io.stepyard.cli.start.ConformanceCommand;
import io.stepyard.cli.start.LocalCommand;
import io.stepyard.cli.start.StepFunctionsCommand;
import io.stepyard.cli.start.TrainCommand;
import io.stepyard.cli.submit.SubmitCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

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
        int exitCode = commandLine().execute(arguments);
        around.out().flush();
        around.err().flush();
        return exitCode;
    }

    /** The commands with their options and help, ready to be executed. */
    CommandLine commandLine() {
        CommandLine yard = new CommandLine(new YardCommand(around));
        yard.addSubcommand(new SubmitCommand(around));
        yard.addSubcommand(new QueueCommand(around));
        yard.addSubcommand(new ShowCommand(around));
        yard.addSubcommand(new HistoryCommand(around));
        yard.addSubcommand(new LogsCommand(around));
        yard.addSubcommand(new CancelCommand(around));
        yard.addSubcommand(new ClustersCommand(around));
        yard.addSubcommand(new LocalCommand(around));
        yard.addSubcommand(new ClusterCommand(around));
        yard.addSubcommand(new DemoCommand(around));
        yard.addSubcommand(new SimulateCommand(around));
        yard.addSubcommand(new StepFunctionsCommand(around));
        yard.addSubcommand(new ConformanceCommand(around));
        yard.addSubcommand(new TrainCommand(around, inner -> new Yard(inner)::run));
        yard.setOut(around.out());
        yard.setErr(around.err());
        yard.setUsageHelpWidth(110);
        yard.setCaseInsensitiveEnumValuesAllowed(true);
        yard.setParameterExceptionHandler((exception, arguments) -> usage(exception));
        yard.setExecutionExceptionHandler((exception, command, result) -> failed(exception));
        describeExitCodes(yard);
        return yard;
    }

    private static void describeExitCodes(CommandLine command) {
        command.getCommandSpec().version(YardCommand.VERSION);
        command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(EXIT_CODES);
        command.getSubcommands().values().forEach(Yard::describeExitCodes);
    }

    private int usage(ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        around.err().println("yard: " + oneLine(exception) + ". See " + command + " --help");
        return ExitCode.USAGE;
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

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put(" " + ExitCode.OK, "All well");
        codes.put(" " + ExitCode.JOB_FAILED, "A job failed, was cancelled or ran out of time");
        codes.put(" " + ExitCode.USAGE, "Wrong command line");
        codes.put(" " + ExitCode.REFUSED, "A job or a request was invalid or refused");
        codes.put(" " + ExitCode.NOT_FOUND, "No such job, cluster or state machine");
        codes.put(" " + ExitCode.WAIT_TIMED_OUT, "Waiting was given up; the job goes on");
        codes.put(" " + ExitCode.UNREACHABLE, "A service does not answer or failed");
        codes.put("" + ExitCode.INTERNAL, "A defect in yard itself");
        return codes;
    }
}
