package io.stepyard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule on this checkout as it was just compiled. */
class ArchitectureTest {

    private static Codebase codebase = new Codebase(Path.of(""), List.of(), List.of(), java.util.Map.of());

    @BeforeAll
    static void readTheCheckout() {
        codebase = Codebase.read(Path.of(System.getProperty("stepyard.root")).normalize());
    }

    static Stream<Rule> rules() {
        return Stream.of(LayerRules.ALL, PurityRules.ALL, ShapeRules.ALL, TidyRules.ALL, ZipRules.ALL)
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void shouldHoldInEveryRoom(Rule rule) {
        assertThat(rule.violations(codebase)).as(rule.name()).isEmpty();
    }

    @Test
    void shouldHaveReadTheWholeCheckout() {
        assertThat(codebase.owners()).containsEntry("io.stepyard.model.job.JobId", "common-model");
        assertThat(codebase.files()).contains(codebase.root().resolve("pom.xml"));
    }
}
