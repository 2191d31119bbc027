package io.stepyard.architecture;

import static io.stepyard.architecture.CanaryRepository.answering;
import static io.stepyard.architecture.CanaryRepository.calling;
import static io.stepyard.architecture.CanaryRepository.creating;
import static io.stepyard.architecture.CanaryRepository.pom;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that cannot fail is worth nothing: each one meets a checkout that breaks it, and only it. */
class CanaryTest {

    private static final String TEST_SOURCE = "job-core/src/test/java/io/stepyard/core/CanaryTest.java";

    @TempDir
    private Path root = Path.of("");

    /**
     * A violation of one rule.
     *
     * @param rule
     *            the rule that must see it
     * @param says
     *            part of the line it must answer
     * @param breaks
     *            what is wrong with the checkout
     */
    record Canary(Rule rule, String says, Consumer<CanaryRepository> breaks) {
        @Override
        public String toString() {
            return rule.name() + ": " + says;
        }
    }

    static Stream<Canary> canaries() {
        return Stream.of(layers(), clocks(), chance(), shapes(), tidiness(), zips()).flatMap(List::stream);
    }

    private static List<Canary> layers() {
        return List.of(
                new Canary(LayerRules.EVERY_MODULE_IS_A_KNOWN_ROOM, "attic",
                        code -> code.module("attic", "io.stepyard.attic")),
                new Canary(LayerRules.EVERY_MODULE_IS_COMPILED, "store-embedded",
                        code -> code.without("store-embedded/target/classes/io/stepyard/store/embedded/Thing.class")),
                new Canary(LayerRules.EVERY_POM_STATES_WHAT_ITS_MODULE_MAY_KNOW, "job-core/pom.xml",
                        code -> code.file("job-core/pom.xml", "<project/>")),
                new Canary(LayerRules.ROOMS_IMPORT_LOWER_ROOMS_ONLY, "common-model (layer 0) must not know job-core",
                        code -> code.typeThatKnows("common-model", "io.stepyard.model.job.Canary",
                                "io.stepyard.core.Thing")),
                new Canary(LayerRules.ROOMS_IMPORT_LOWER_ROOMS_ONLY,
                        "cluster-adapters (layer 3) must not know store-embedded",
                        code -> code.typeThatKnows("cluster-adapters", "io.stepyard.clusters.Canary",
                                "io.stepyard.store.embedded.Thing")),
                new Canary(LayerRules.ROOMS_IMPORT_LOWER_ROOMS_ONLY,
                        "step-functions-local (layer 3) must not know common-model",
                        code -> code.module("step-functions-local", "io.stepyard.engine").typeThatKnows(
                                "step-functions-local", "io.stepyard.engine.Canary", "io.stepyard.model.job.Thing")),
                new Canary(LayerRules.ROOMS_IMPORT_LOWER_ROOMS_ONLY, "infra-cdk (layer 6) must not know common-model",
                        code -> code.module("infra-cdk", "io.stepyard.infra").typeThatKnows("infra-cdk",
                                "io.stepyard.infra.Canary", "io.stepyard.model.job.Thing")),
                new Canary(LayerRules.ROOMS_IMPORT_LOWER_ROOMS_ONLY, "a class of no room",
                        code -> code.typeThatKnows("job-core", "io.stepyard.core.Canary", "io.stepyard.ghost.Ghost")),
                new Canary(LayerRules.TECHNOLOGIES_STAY_IN_THEIR_ROOMS, "job-core must not touch SPRING",
                        code -> code.typeThatKnows("job-core", "io.stepyard.core.Canary",
                                "org.springframework.context.ApplicationContext")),
                new Canary(LayerRules.TECHNOLOGIES_STAY_IN_THEIR_ROOMS, "cluster-adapters must not touch AWS_SDK",
                        code -> code.typeThatKnows("cluster-adapters", "io.stepyard.clusters.Canary",
                                "software.amazon.awssdk.services.sfn.SfnClient")),
                new Canary(LayerRules.THE_VOCABULARY_KNOWS_NO_LIBRARY, "tools.jackson",
                        code -> code.typeThatKnows("common-model", "io.stepyard.model.job.Canary",
                                "tools.jackson.databind.JsonNode")),
                new Canary(LayerRules.NO_PACKAGE_IS_SPLIT, "io.stepyard.core is in [job-core, store-embedded]",
                        code -> code.type("store-embedded", "io.stepyard.core.Canary", body -> {
                        })));
    }

    private static List<Canary> clocks() {
        ClassDesc clock = ClassDesc.of("java.time.Clock");
        ClassDesc duration = ClassDesc.of("java.time.Duration");
        return List.of(
                call(PurityRules.PURE_ROOMS_READ_NO_CLOCK, "Instant.now",
                        calling("java.time.Instant", "now", answering("java.time.Instant"))),
                call(PurityRules.PURE_ROOMS_READ_NO_CLOCK, "LocalDate.now",
                        calling("java.time.LocalDate", "now", answering("java.time.LocalDate"))),
                call(PurityRules.PURE_ROOMS_READ_NO_CLOCK, "Clock.systemUTC",
                        calling("java.time.Clock", "systemUTC", answering("java.time.Clock"))),
                call(PurityRules.PURE_ROOMS_READ_NO_CLOCK, "InstantSource.system",
                        calling("java.time.InstantSource", "system", answering("java.time.InstantSource"))),
                call(PurityRules.PURE_ROOMS_READ_NO_CLOCK, "System.currentTimeMillis",
                        calling("java.lang.System", "currentTimeMillis", answering("long"))),
                call(PurityRules.PURE_ROOMS_READ_NO_CLOCK, "System.nanoTime",
                        calling("java.lang.System", "nanoTime", answering("long"))),
                call(PurityRules.PURE_ROOMS_READ_NO_CLOCK, "java.util.Date", creating("java.util.Date")),
                call(PurityRules.PURE_ROOMS_DO_NOT_SLEEP, "Thread.sleep",
                        calling("java.lang.Thread", "sleep",
                                java.lang.constant.MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long))),
                // A tick of a clock that was handed in is no reading of the machine's own: this canary lives beside one that is.
                call(PurityRules.PURE_ROOMS_READ_NO_CLOCK, "Clock.tickSeconds",
                        calling("java.time.Clock", "tick", answering("java.time.Clock", clock, duration))
                                .andThen(calling("java.time.Clock", "tickSeconds",
                                        answering("java.time.Clock", ClassDesc.of("java.time.ZoneId"))))));
    }

    private static List<Canary> chance() {
        return List.of(call(PurityRules.PURE_ROOMS_DRAW_NO_CHANCE, "java.util.Random", creating("java.util.Random")),
                call(PurityRules.PURE_ROOMS_DRAW_NO_CHANCE, "SecureRandom", creating("java.security.SecureRandom")),
                call(PurityRules.PURE_ROOMS_DRAW_NO_CHANCE, "ThreadLocalRandom.current",
                        calling("java.util.concurrent.ThreadLocalRandom", "current",
                                answering("java.util.concurrent.ThreadLocalRandom"))),
                call(PurityRules.PURE_ROOMS_DRAW_NO_CHANCE, "UUID.randomUUID",
                        calling("java.util.UUID", "randomUUID", answering("java.util.UUID"))),
                call(PurityRules.PURE_ROOMS_DRAW_NO_CHANCE, "RandomGenerator.getDefault",
                        calling("java.util.random.RandomGenerator", "getDefault",
                                answering("java.util.random.RandomGenerator"))),
                call(PurityRules.PURE_ROOMS_DRAW_NO_CHANCE, "Math.random", calling("java.lang.Math", "random",
                        java.lang.constant.MethodTypeDesc.of(ConstantDescs.CD_double))));
    }

    private static List<Canary> shapes() {
        return List.of(
                new Canary(ShapeRules.PACKAGES_ARE_NULL_MARKED, "job-core/src/main/java/io/stepyard/core",
                        code -> code.file("job-core/src/main/java/io/stepyard/core/package-info.java",
                                "/** Not marked. */\npackage io.stepyard.core;\n")),
                new Canary(ShapeRules.FILES_ARE_SHORT, "Long.java: found 401 lines of code",
                        code -> code.file("job-core/src/main/java/io/stepyard/core/Long.java",
                                "// Not counted.\nint i;\n".repeat(401))),
                new Canary(ShapeRules.NAMES_SAY_SOMETHING, "io.stepyard.core.StringUtils",
                        code -> code.type("job-core", "io.stepyard.core.StringUtils", body -> {
                        })),
                new Canary(ShapeRules.NAMES_SAY_SOMETHING, "io.stepyard.core.QueueManager",
                        code -> code.type("job-core", "io.stepyard.core.QueueManager", body -> {
                        })),
                new Canary(ShapeRules.ONLY_MAINS_PRINT, "java.lang.System.out",
                        code -> code.type("job-core", "io.stepyard.core.Canary", CanaryRepository.printing())),
                new Canary(ShapeRules.TESTS_DO_NOT_MOCK, TEST_SOURCE,
                        code -> code.file(TEST_SOURCE, "import org.mocki" + "to.Mocki" + "to;\n")),
                new Canary(ShapeRules.TESTS_DO_NOT_SLEEP, TEST_SOURCE,
                        code -> code.file(TEST_SOURCE, "Thread.sle" + "ep(100);\n")),
                new Canary(ShapeRules.TESTS_ARE_NOT_SWITCHED_OFF, TEST_SOURCE,
                        code -> code.file(TEST_SOURCE, "    @Dis" + "abled\n")));
    }

    private static List<Canary> tidiness() {
        String dependency = "<dependencies><dependency><artifactId>x</artifactId><version>1</version></dependency></dependencies>";
        String plugin = "<build><plugins><plugin><artifactId>maven-ant-plugin</artifactId></plugin></plugins></build>";
        return List.of(
                new Canary(TidyRules.FILES_ARE_SMALL, "blob.txt: found 262145 bytes",
                        code -> code.file("blob.txt", "x".repeat(256 * 1024 + 1))),
                new Canary(TidyRules.NOTHING_TIES_TO_A_MACHINE, "a.md:1: found a registry's address",
                        code -> code.file("a.md", "https://repo1.maven" + ".org/maven2")),
                new Canary(TidyRules.NOTHING_TIES_TO_A_MACHINE, "a.xml:2: found a list of registries",
                        code -> code.file("a.xml", "x\ny <" + "repositories>")),
                new Canary(TidyRules.NOTHING_TIES_TO_A_MACHINE, "a path of one machine, '/wo" + "rk/m'",
                        code -> code.file("a.md", "see /wo" + "rk/main")),
                new Canary(TidyRules.NOTHING_TIES_TO_A_MACHINE, "a work item's number",
                        code -> code.file("a.md", "see iss" + "ue 12")),
                new Canary(TidyRules.SCRIPTS_STOP_AT_ERRORS, "run.sh",
                        code -> code.file("run.sh", "#!/bin/sh\nrm x\n")),
                new Canary(TidyRules.SCRIPTS_STOP_AT_ERRORS, "yard:",
                        code -> code.file("yard", "#!/usr/bin/env bash\nrm x\n")),
                new Canary(TidyRules.THE_CHANGELOG_KEEPS_ITS_FORM, "'## 1.0'",
                        code -> code.file("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## 1.0\n")),
                new Canary(TidyRules.THE_CHANGELOG_KEEPS_ITS_FORM, "expected one at the root",
                        code -> code.without("CHANGELOG.md")),
                new Canary(TidyRules.VERSIONS_LIVE_IN_THE_ROOT, "dependency x found version 1",
                        code -> code.file("job-core/pom.xml", pom("job-core", dependency))),
                new Canary(TidyRules.VERSIONS_LIVE_IN_THE_ROOT, "plugin maven-ant-plugin",
                        code -> code.file("job-core/pom.xml", pom("job-core", plugin))),
                new Canary(TidyRules.ARCHITECTURE_TESTS_COME_LAST, "found simulator",
                        code -> code.moduleAtTheEnd("simulator")));
    }

    private static List<Canary> zips() {
        String zip = "job-core/target/job-core-lambda.zip";
        return List.of(
                new Canary(ZipRules.ZIPS_ARE_SMALL, "expected at most 20971520",
                        code -> code.zip(zip, 21 * 1024 * 1024, "logback.xml", "lib/logback-classic-1.jar")),
                new Canary(ZipRules.ZIPS_HOLD_ONLY_WHAT_LAMBDA_NEEDS, "found lib/spring-core-7.jar",
                        code -> code.zip(zip, 0, "logback.xml", "lib/logback-classic-1.jar", "lib/spring-core-7.jar")),
                new Canary(ZipRules.ZIPS_HOLD_ONLY_WHAT_LAMBDA_NEEDS, "found io/stepyard/Thing.class",
                        code -> code.zip(zip, 0, "logback.xml", "lib/logback-classic-1.jar",
                                "io/stepyard/Thing.class")),
                new Canary(ZipRules.ZIPS_HOLD_ONLY_WHAT_LAMBDA_NEEDS, "expected logback.xml",
                        code -> code.zip(zip, 0, "lib/logback-classic-1.jar")));
    }

    private static Canary call(Rule rule, String says, Consumer<java.lang.classfile.CodeBuilder> body) {
        return new Canary(rule, says, code -> code.type("job-core", "io.stepyard.core.Canary", body));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("canaries")
    void shouldFailOnItsCanaryAndOnNothingElse(Canary canary) {
        CanaryRepository repository = new CanaryRepository(root);
        canary.breaks().accept(repository);
        Codebase broken = repository.read();

        assertThat(canary.rule().violations(broken)).singleElement().asString().contains(canary.says());
        assertThat(ArchitectureTest.rules().filter(rule -> !rule.equals(canary.rule()))
                .flatMap(rule -> rule.violations(broken).stream())).isEmpty();
    }

    @Test
    void shouldFindNothingInACheckoutThatKeepsTheRules() {
        Codebase clean = new CanaryRepository(root).read();

        assertThat(ArchitectureTest.rules().flatMap(rule -> rule.violations(clean).stream())).isEmpty();
    }

    @Test
    void shouldLetRoomsOutsideThePureLayersReadTheClock() {
        CanaryRepository repository = new CanaryRepository(root).type("store-embedded",
                "io.stepyard.store.embedded.Canary",
                calling("java.time.Instant", "now", answering("java.time.Instant")));

        assertThat(PurityRules.PURE_ROOMS_READ_NO_CLOCK.violations(repository.read())).isEmpty();
    }

    @Test
    void shouldHaveACanaryForEveryRule() {
        assertThat(canaries().map(Canary::rule).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(ArchitectureTest.rules().toList());
    }
}
