package io.stepyard.stepfunctions;

import java.time.Instant;

/**
 * A published version of a state machine.
 *
 * @param stateMachineVersionArn
 *            the machine's ARN with the number
 * @param description
 *            free text
 * @param creationDate
 *            when it was published
 */
public record VersionDescription(String stateMachineVersionArn, String description, Instant creationDate) {}
