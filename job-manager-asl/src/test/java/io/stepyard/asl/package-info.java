/** Lint of the shipped state machine. */
@NullMarked
package io.stepyard.asl;

import org.jspecify.annotations.NullMarked;
