package io.stepyard.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.cli.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldRunEveryEverydayCommandWithoutAnyServiceAround() {
        Shell shell = new Shell(directory);

        assertThat(shell.run("train")).as(shell.err()).isZero();

        assertThat(shell.out()).isEmpty();
    }
}
