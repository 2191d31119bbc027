/** Execution history: the events as GetExecutionHistory returns them, and their compact binary form. */
@NullMarked
package io.stepyard.stepfunctions.history;

import org.jspecify.annotations.NullMarked;
