/** The use cases over ports in memory, with faults that tests inject. */
@NullMarked
package io.stepyard.core.world;

import org.jspecify.annotations.NullMarked;
