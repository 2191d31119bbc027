/** The interpreter: one class for each state type, frames, and the fold that restores an execution from its history. */
@NullMarked
package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.NullMarked;
