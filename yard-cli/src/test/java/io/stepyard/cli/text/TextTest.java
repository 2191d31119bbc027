package io.stepyard.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource({"0, 0:00", "7, 0:07", "750, 12:30", "10800, 3:00:00", "183600, 2-03:00:00", "-4, 0:00"})
    void shouldPrintTimesAsSqueueDoes(long seconds, String expected) {
        assertThat(Times.clock(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"500, 0.5", "4000, 4", "1, 0.001", "1250, 1.25", "10000, 10"})
    void shouldPrintCoresWithoutNeedlessZeros(long millicores, String expected) {
        assertThat(Sizes.cpu(millicores)).isEqualTo(expected);
    }

    @Test
    void shouldAlignColumnsAndCutLinesThatAreTooLong() {
        Table table = new Table("A", ">N", "LAST");
        table.row("x", "7", "short");
        table.row("long", "1000", "a rather long cell");

        assertThat(table.lines(0)).containsExactly("A        N  LAST", "x        7  short",
                "long  1000  a rather long cell");
        assertThat(table.lines(20).getLast()).isEqualTo("long  1000  a rathe…");
        assertThatThrownBy(() -> table.row("one")).hasMessageContaining("Expected 3 cells, but found 1");
    }
}
