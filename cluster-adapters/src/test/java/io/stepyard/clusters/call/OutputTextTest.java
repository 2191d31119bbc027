package io.stepyard.clusters.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class OutputTextTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldBeginWithAWholeCharacter() {
        assertThat(OutputText.tail(utf8("aüb"), 2)).isEqualTo("b");
        assertThat(OutputText.tail(utf8("aüb"), 3)).isEqualTo("üb");
    }

    @Test
    void shouldStayWithinTheBoundWhenBytesAreNoText() {
        byte[] broken = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 'x'};

        assertThat(utf8(OutputText.tail(broken, 5))).hasSizeLessThanOrEqualTo(5);
        assertThat(OutputText.tail(broken, 5)).endsWith("x");
    }

    @Test
    void shouldTakeEverythingThatFits() {
        assertThat(OutputText.tail(utf8("hello\n"), 100)).isEqualTo("hello\n");
        assertThat(OutputText.tail(utf8("hello"), 0)).isEmpty();
    }
}
