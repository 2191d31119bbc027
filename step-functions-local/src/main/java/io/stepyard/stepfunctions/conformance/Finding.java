package io.stepyard.stepfunctions.conformance;

/**
 * A difference between AWS and this engine.
 *
 * @param aspect
 *            what differs
 * @param detail
 *            where and how
 */
record Finding(Aspect aspect, String detail) {
    /** What is compared. */
    enum Aspect {
        /** Status, output and error name. */
        OUTCOME,
        /** The text of the cause. */
        CAUSE,
        /** Event types, their order where it is fixed, their details and the event before each. */
        EVENTS
    }
}
