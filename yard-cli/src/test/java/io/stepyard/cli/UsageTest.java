package io.stepyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class UsageTest {

    private static final List<String> WITHOUT_SERVICES = List.of("local", "cluster", "simulate", "conformance",
            "step-functions", "torture");

    @TempDir
    Path directory = Path.of("");

    static Stream<String> commands() {
        return new Yard(new Shell(Path.of("")).surroundings()).commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldShowAnExampleOfItselfAndEveryExitCode(String command) {
        Shell shell = new Shell(directory);

        if (!command.equals("train")) {
            assertThat(shell.run(command, "--help")).isZero();
            assertThat(shell.out()).contains("Examples:", "\n  yard " + command, "Exit codes:", "\n   5   Waiting was",
                    "\n  70   ");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldReadNoOtherCommandThanTheOneThatIsNamed(String command) {
        assertThat(new Yard(new Shell(directory).surroundings()).commandLine(command, "--help").getSubcommands())
                .containsOnlyKeys(command);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldOnlyShowExamplesThatItsOwnParserTakes(String command) {
        CommandLine yard = new Yard(new Shell(directory).surroundings()).commandLine();
        CommandLine subcommand = Objects.requireNonNull(yard.getSubcommands().get(command));

        for (String line : subcommand.getCommandSpec().usageMessage().footer()) {
            String words = line.strip().replaceAll("\\$\\(.*\\)", "job").replace("'wrong input'", "wrong-input")
                    .replaceAll(" {3,}.*| [|&] .*", "");
            assertThat(words).startsWith("yard ");
            assertThat(new Yard(new Shell(directory).surroundings()).commandLine()
                    .parseArgs(words.substring("yard ".length()).split(" +")).hasSubcommand()).as(words).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldTakeTheServicesOptionsAndDescribeEveryOption(String command) {
        CommandLine subcommand = Objects.requireNonNull(new Yard(new Shell(directory).surroundings())
                .commandLine().getSubcommands().get(command));

        for (OptionSpec option : subcommand.getCommandSpec().options()) {
            assertThat(String.join("", option.description())).as(command + " " + option.longestName()).isNotBlank();
        }
        if (!WITHOUT_SERVICES.contains(command) && !command.equals("train")) {
            assertThat(subcommand.getCommandSpec().optionsMap()).containsKeys("--endpoint", "--region", "--profile",
                    "--api", "--state-machine", "--json", "--help");
        }
    }

    @Test
    void shouldEndWithUsageAndOneLineOnAnUnknownOption() {
        Shell shell = new Shell(directory);

        assertThat(shell.run("queue", "--colour")).isEqualTo(2);

        assertThat(shell.err().lines()).hasSize(1);
        assertThat(shell.err()).contains("--colour", "yard queue --help");
    }

    @Test
    void shouldSayThatThereIsNoSuchCommand() {
        Shell shell = new Shell(directory);

        assertThat(shell.run("quue")).isEqualTo(2);

        assertThat(shell.err()).startsWith("yard: There is no command 'quue'").contains("queue", "yard --help");
    }

    @Test
    void shouldShowHelpAndEndWithUsageWithoutACommand() {
        Shell shell = new Shell(directory);

        assertThat(shell.run()).isEqualTo(2);

        assertThat(shell.err()).contains("Usage: yard", "submit", "queue", "demo").doesNotContain("train");
    }

    @Test
    void shouldDocumentEveryExitCodeInOneTable() throws IOException {
        List<String> table = Files.readAllLines(Path.of("..", "docs", "yard.md"));

        assertThat(Yard.exitCodes()).hasSizeGreaterThan(11).allSatisfy(
                (code, meaning) -> assertThat(table).contains("| " + code.strip() + " | " + meaning + " |"));
    }

    @Test
    void shouldNameItsVersion() {
        Shell shell = new Shell(directory);

        assertThat(shell.run("--version")).isZero();

        assertThat(shell.out().strip().toLowerCase(Locale.ROOT)).matches("yard [0-9]+\\.[0-9]+\\.[0-9]+");
    }
}
