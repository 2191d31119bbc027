/** Signals to Step Functions executions. {@link io.stepyard.workflow.stepfunctions.StepFunctionsSignals} is the way in. */
@NullMarked
package io.stepyard.workflow.stepfunctions;

import org.jspecify.annotations.NullMarked;
