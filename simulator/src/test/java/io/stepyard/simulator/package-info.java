/** Tests of the simulator, those on published figures among them. */
@NullMarked
package io.stepyard.simulator;

import org.jspecify.annotations.NullMarked;
