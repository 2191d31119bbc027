/** The faulty world: the whole product on one thread, one seed and virtual time, while everything around it goes wrong. */
@NullMarked
package io.stepyard.simulator.world;

import org.jspecify.annotations.NullMarked;
