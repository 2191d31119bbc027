package io.stepyard.model.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResourcesTest {

    @Test
    void shouldAddAndTakeAwayByDimension() {
        Resources four = Resources.ofCores(4, 8192);
        Resources one = new Resources(1000, 512);

        assertThat(four.minus(one).plus(one)).isEqualTo(four);
        assertThat(four.minus(one)).isEqualTo(new Resources(3000, 7680));
        assertThat(one.minusAtMost(four)).isEqualTo(Resources.NONE);
        assertThat(new Resources(1, 9).max(new Resources(5, 2))).isEqualTo(new Resources(5, 9));
        assertThat(new Resources(1, 9).min(new Resources(5, 2))).isEqualTo(new Resources(1, 2));
    }

    @Test
    void shouldFitOnlyWhenEveryDimensionFits() {
        assertThat(new Resources(1000, 512).fitsWithin(new Resources(1000, 512))).isTrue();
        assertThat(new Resources(1001, 512).fitsWithin(new Resources(1000, 512))).isFalse();
        assertThat(new Resources(1000, 513).fitsWithin(new Resources(1000, 512))).isFalse();
    }

    @Test
    void shouldRefuseNegativeAmountsAndOverflow() {
        assertThatThrownBy(() -> new Resources(-1, 0)).hasMessageContaining("cpuMillicores=-1");
        assertThatThrownBy(() -> Resources.NONE.minus(new Resources(1, 0))).hasMessageContaining("not there");
        assertThatThrownBy(() -> new Resources(Long.MAX_VALUE, 0).plus(new Resources(1, 0)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldReadMemorySizesRoundedUpToWholeMebibytes() {
        assertThat(MemorySize.parseMib("512MiB")).hasValue(512);
        assertThat(MemorySize.parseMib("1.5 GiB")).hasValue(1536);
        assertThat(MemorySize.parseMib("1GB")).hasValue(954);
        assertThat(MemorySize.parseMib("1KiB")).hasValue(1);
        assertThat(MemorySize.parseMib("2TiB")).hasValue(2L * 1024 * 1024);
    }

    @Test
    void shouldNotGuessAtMemorySizes() {
        for (String text : new String[]{"512", "12 gib", "-1GiB", "GiB", "", "1,5GiB", "1e3MiB"}) {
            assertThat(MemorySize.parseMib(text)).as(text).isEmpty();
        }
    }

    @Test
    void shouldPrintMemoryForPeople() {
        assertThat(MemorySize.print(512)).isEqualTo("512 MiB");
        assertThat(MemorySize.print(1536)).isEqualTo("1.5 GiB");
        assertThat(MemorySize.print(1025)).isEqualTo("1025 MiB");
        assertThat(MemorySize.print(2L * 1024 * 1024)).isEqualTo("2 TiB");
        assertThat(new Resources(1500, 8192)).hasToString("1.5 cores, 8 GiB");
    }
}
