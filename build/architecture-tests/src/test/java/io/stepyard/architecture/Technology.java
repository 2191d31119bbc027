package io.stepyard.architecture;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** A library that only some rooms may touch, told by the packages of its classes. */
enum Technology {
    SPRING("org.springframework."), AWS_SDK("software.amazon.awssdk."), LAMBDA("com.amazonaws.services.lambda."), CDK(
            "software.amazon.awscdk.", "software.constructs.", "software.amazon.jsii.",
            "io.github.cdklabs."), H2("org.h2."), JSON_PATH("com.jayway.jsonpath."), JSONATA(
                    "com.dashjoin.jsonata."), PICOCLI("picocli."), METRICS("io.micrometer."), RESILIENCE(
                            "io.github.resilience4j."), TEST_LIBRARIES("org.junit.", "org.assertj.",
                                    "org.testcontainers.", "com.tngtech.archunit.");

    static final Set<Technology> OF_SERVICES = EnumSet.of(SPRING, METRICS, RESILIENCE);
    static final Set<Technology> OF_FUNCTIONS = EnumSet.of(SPRING, METRICS, RESILIENCE, AWS_SDK, LAMBDA);
    static final Set<Technology> OF_RUNTIME = EnumSet.of(SPRING, METRICS, RESILIENCE, AWS_SDK, LAMBDA, PICOCLI);

    private final String packages;

    Technology(String... packages) {
        this.packages = String.join(" ", packages);
    }

    boolean owns(String className) {
        return Stream.of(packages.split(" ")).anyMatch(className::startsWith);
    }
}
