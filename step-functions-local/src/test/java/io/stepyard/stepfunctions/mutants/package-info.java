/** Faults put into the engine on purpose, to see that its tests catch them. */
@NullMarked
package io.stepyard.stepfunctions.mutants;

import org.jspecify.annotations.NullMarked;
