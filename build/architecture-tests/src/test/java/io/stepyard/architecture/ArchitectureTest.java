package io.stepyard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule on this checkout as it was just compiled. */
class ArchitectureTest {

    private static final Pattern HANDLER = Pattern.compile("\"(io\\.stepyard\\.[A-Za-z.]+Handler)\"");
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
    void shouldDeployHandlersThatExist() {
        Path stacks = codebase.root().resolve("infra-cdk/src/main");
        List<String> handlers = codebase.files().stream()
                .filter(file -> file.startsWith(stacks) && file.toString().endsWith(".java"))
                .flatMap(file -> HANDLER.matcher(Codebase.text(file)).results()).map(found -> found.group(1)).distinct()
                .toList();

        assertThat(handlers).hasSizeGreaterThanOrEqualTo(3);
        assertThat(codebase.owners()).containsKeys(handlers.toArray(String[]::new));
    }

    @Test
    void shouldHaveReadTheWholeCheckout() {
        assertThat(codebase.owners()).containsEntry("io.stepyard.model.job.JobId", "common-model");
        assertThat(codebase.files()).contains(codebase.root().resolve("pom.xml"));
    }
}
