/** The faulty world, a few dozens of them. */
@NullMarked
package io.stepyard.simulator.world;

import org.jspecify.annotations.NullMarked;
