package io.stepyard.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodedRowsTest {

    private final List<String> decoded = new ArrayList<>();
    private final DecodedRows<String> rows = new DecodedRows<>(10, text -> {
        decoded.add(text);
        return "row " + text;
    });

    @Test
    void shouldDecodeATextOnce() {
        assertThat(List.of(rows.of("abc"), rows.of("abc"))).containsOnly("row abc");
        assertThat(decoded).containsExactly("abc");
    }

    @Test
    void shouldNotDecodeWhatItWasTold() {
        rows.learn("abc", "told");

        assertThat(rows.of("abc")).isEqualTo("told");
        assertThat(decoded).isEmpty();
    }

    @Test
    void shouldTellTextsThatDifferApart() {
        assertThat(rows.of("abc")).isEqualTo("row abc");
        assertThat(rows.of("abd")).isEqualTo("row abd");
    }

    @Test
    void shouldLetGoOfTheTextThatWasNotUsedForLongest() {
        rows.of("aaaa");
        rows.of("bbbb");
        rows.of("aaaa");
        rows.of("cccc");
        decoded.clear();

        rows.of("aaaa");
        rows.of("cccc");
        rows.of("bbbb");

        assertThat(decoded).containsExactly("bbbb");
    }

    @Test
    void shouldKeepNothingOfAVeryLongText() {
        DecodedRows<Integer> lengths = new DecodedRows<>(1_000_000, text -> {
            decoded.add("long");
            return text.length();
        });
        String text = "x".repeat(20_000);

        assertThat(List.of(lengths.of(text), lengths.of(text))).containsOnly(20_000);
        assertThat(decoded).hasSize(2);
    }
}
