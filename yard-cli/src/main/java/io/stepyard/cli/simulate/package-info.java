/** Policies tried on recorded or generated workloads. */
@NullMarked
package io.stepyard.cli.simulate;

import org.jspecify.annotations.NullMarked;
