package io.stepyard.stepfunctions;

import java.time.Instant;

/**
 * A state machine.
 *
 * @param stateMachineArn
 *            its ARN
 * @param name
 *            its name
 * @param type
 *            {@code STANDARD} or {@code EXPRESS}
 * @param definition
 *            the Amazon States Language text
 * @param roleArn
 *            the role it was given
 * @param creationDate
 *            when it was made
 * @param updateDate
 *            when its current revision was made
 * @param revisionId
 *            names the current revision
 */
public record StateMachineDescription(String stateMachineArn, String name, String type, String definition,
        String roleArn, Instant creationDate, Instant updateDate, String revisionId) {}
