package io.stepyard.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.IConstruct;

/** Exceptions from the AwsSolutions checks: one rule, one resource, one reason each. */
final class Suppressions {

    private Suppressions() {}

    static void on(IConstruct resource, String rule, String reason) {
        // With children, because the policy of a role is a child of the role.
        NagSuppressions.addResourceSuppressions(resource,
                List.of(NagPackSuppression.builder().id(rule).reason(reason).build()), true);
    }
}
