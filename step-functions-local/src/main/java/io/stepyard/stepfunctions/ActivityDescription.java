package io.stepyard.stepfunctions;

import java.time.Instant;

/**
 * An activity: work that workers outside fetch.
 *
 * @param activityArn
 *            its ARN
 * @param name
 *            its name
 * @param creationDate
 *            when it was made
 */
public record ActivityDescription(String activityArn, String name, Instant creationDate) {}
