package io.stepyard.stepfunctions;

import java.time.Instant;
import java.util.Map;

/**
 * An alias of a state machine.
 *
 * @param stateMachineAliasArn
 *            the machine's ARN with the alias's name
 * @param name
 *            its name
 * @param description
 *            free text
 * @param routes
 *            ARNs of one or two versions with their weights, which add up to 100
 * @param creationDate
 *            when it was made
 * @param updateDate
 *            when it was changed
 */
public record AliasDescription(String stateMachineAliasArn, String name, String description,
        Map<String, Integer> routes, Instant creationDate, Instant updateDate) {
    public AliasDescription {
        routes = Map.copyOf(routes);
    }
}
