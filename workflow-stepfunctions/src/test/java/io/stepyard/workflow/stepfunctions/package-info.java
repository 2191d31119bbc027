/** Signals over the wire to a stub that speaks the protocol. */
@NullMarked
package io.stepyard.workflow.stepfunctions;

import org.jspecify.annotations.NullMarked;
