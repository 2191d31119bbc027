package io.stepyard.stepfunctions.interpreter;

import java.time.LocalDate;

/**
 * The day whose Step Functions is answered like. AWS has changed what its histories show; recordings are as old as they are.
 *
 * @param day
 *            far ahead for the service as it is known now
 */
public record ServiceDate(LocalDate day) {
    /** The service as it is known now. */
    public static final ServiceDate LATEST = new ServiceDate(LocalDate.MAX);
    /** Executions could be redriven from here on. */
    private static final LocalDate REDRIVE = LocalDate.of(2023, 11, 15);
    /** Between the last recording of the old form, of August 2024, and the first of the new one, of November 2024. */
    private static final LocalDate VARIABLES = LocalDate.of(2024, 11, 1);

    /** A distributed Map could run over the fields of an object from here on. */
    private static final LocalDate OBJECTS = LocalDate.of(2025, 9, 18);

    /** Whether a distributed Map runs over the fields of an object. */
    boolean mapsOverObjects() {
        return !day.isBefore(OBJECTS);
    }

    /** Whether the context object says how often an execution was redriven. */
    boolean countsRedrives() {
        return !day.isBefore(REDRIVE);
    }

    /** Whether the exit of a distributed Map follows the start of its run, and not its end. */
    boolean mapExitFollowsRunStart() {
        return !day.isBefore(VARIABLES);
    }
}
