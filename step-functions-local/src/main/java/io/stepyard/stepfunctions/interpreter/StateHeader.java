package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.Nullable;

/**
 * What every state has.
 *
 * @param name
 *            its name
 * @param next
 *            the state that follows, or null where it ends the machine or chooses itself
 * @param flow
 *            how data goes in and out
 */
record StateHeader(String name, @Nullable String next, DataFlow flow) {}
