/** Malformed definitions, inputs, tokens and requests by the million, the same ones for the same seed. */
@NullMarked
package io.stepyard.stepfunctions.fuzz;

import org.jspecify.annotations.NullMarked;
