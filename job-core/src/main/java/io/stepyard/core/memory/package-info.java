/** The ports of the core in memory: for tests and for the simulator, held to the same contracts as the real ones. */
@NullMarked
package io.stepyard.core.memory;

import org.jspecify.annotations.NullMarked;
