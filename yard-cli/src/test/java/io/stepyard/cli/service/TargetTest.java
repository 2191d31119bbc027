package io.stepyard.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final Target.Asked NOTHING = new Target.Asked(null, null, null, null, null);

    @Test
    void shouldMeanTheLocalRuntimeWhenNothingIsSaid() {
        Target target = Target.resolve(NOTHING, Map.of());

        assertThat(target).isEqualTo(new Target(URI.create("http://127.0.0.1:8083"), "us-east-1", null,
                URI.create("http://127.0.0.1:8084"),
                "arn:aws:states:us-east-1:123456789012:stateMachine:stepyard-job-manager"));
        assertThat(target.isLoopback()).isTrue();
    }

    @Test
    void shouldMeanAwsWhenAProfileOrARegionIsNamed() {
        Target byProfile = Target.resolve(new Target.Asked(null, null, "prod", null, null), Map.of());
        Target byRegion = Target.resolve(new Target.Asked(null, "eu-central-1", null, null, null), Map.of());

        assertThat(byProfile.isAws()).isTrue();
        assertThat(byProfile.stateMachine()).isEqualTo("stepyard-job-manager");
        assertThat(byRegion.isAws()).isTrue();
        assertThat(byRegion.region()).isEqualTo("eu-central-1");
        assertThatThrownBy(byRegion::requireApi).hasMessageContaining("--api");
    }

    @Test
    void shouldPreferOptionsToTheEnvironment() {
        Map<String, String> environment = Map.of("STEPYARD_API", "http://127.0.0.1:1", "STEPYARD_ENDPOINT",
                "http://127.0.0.1:2", "STEPYARD_STATE_MACHINE", "arn:env", "AWS_REGION", "eu-west-1");

        Target fromEnvironment = Target.resolve(NOTHING, environment);
        Target asked = Target.resolve(
                new Target.Asked("http://127.0.0.1:3", "us-west-2", null, "https://jobs.example.org", "arn:asked"),
                environment);

        assertThat(fromEnvironment).isEqualTo(new Target(URI.create("http://127.0.0.1:2"), "eu-west-1", null,
                URI.create("http://127.0.0.1:1"), "arn:env"));
        assertThat(asked).isEqualTo(new Target(URI.create("http://127.0.0.1:3"), "us-west-2", null,
                URI.create("https://jobs.example.org"), "arn:asked"));
        assertThat(Target.resolve(new Target.Asked("aws", null, null, null, null), environment).isAws()).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNoUrl() {
        assertThatThrownBy(() -> Target.resolve(new Target.Asked(null, null, null, "localhost:8084", null), Map.of()))
                .isInstanceOf(YardFailure.class).hasMessageContaining("--api").hasMessageContaining("localhost:8084");
    }
}
