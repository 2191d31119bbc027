/** The port to Step Functions executions that wait with a task token. */
@NullMarked
package io.stepyard.core.workflow;

import org.jspecify.annotations.NullMarked;
