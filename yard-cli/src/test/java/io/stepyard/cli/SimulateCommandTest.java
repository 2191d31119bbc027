package io.stepyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldCompareThePoliciesOnOneGeneratedWorkload() {
        Shell shell = new Shell(directory);

        assertThat(shell.run("simulate", "--generate", "200", "--seed", "7", "--policy", "source,easy")).isZero();

        assertThat(shell.out().lines()).anyMatch(line -> line.startsWith("POLICY"))
                .anyMatch(line -> line.startsWith("source ")).anyMatch(line -> line.startsWith("easy "));
    }

    @Test
    void shouldHoldThePoliciesAgainstEasyWhenAskedToCompare() {
        Shell shell = new Shell(directory);

        assertThat(shell.run("simulate", "--generate", "50", "--policy", "default", "--compare")).isZero();

        assertThat(shell.out().lines()).anyMatch(line -> line.startsWith("default "))
                .anyMatch(line -> line.startsWith("easy:order=fcfs "));
    }

    @Test
    void shouldPrintTheSameTableForTheSameSeed() {
        Shell first = new Shell(directory);
        Shell second = new Shell(directory);
        first.run("simulate", "--generate", "100", "--seed", "3", "--policy", "easy");
        second.run("simulate", "--generate", "100", "--seed", "3", "--policy", "easy");

        assertThat(waits(second)).isNotEmpty().isEqualTo(waits(first));
    }

    @Test
    void shouldRefuseATraceThatIsNoneWithItsLine() throws IOException {
        Files.writeString(directory.resolve("bad.swf"), "; MaxNodes: 4\n1 0 x\n");
        Shell shell = new Shell(directory);

        assertThat(shell.run("simulate", "--trace", "bad.swf", "--policy", "easy")).isEqualTo(3);

        assertThat(shell.err()).contains("bad.swf").contains("2").doesNotContain("Exception");
    }

    @Test
    void shouldRefuseAPolicyThatIsNotThere() {
        Shell shell = new Shell(directory);

        assertThat(shell.run("simulate", "--generate", "10", "--policy", "magic")).isEqualTo(3);

        assertThat(shell.err()).contains("magic");
    }

    /** The columns up to the mean wait; the last one is real time. */
    private static String waits(Shell shell) {
        return shell.out().lines().filter(line -> line.startsWith("easy ")).findFirst().orElse("").strip()
                .replaceAll("\\s+\\S+$", "");
    }
}
