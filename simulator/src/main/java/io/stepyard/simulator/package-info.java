/** Workload traces on virtual time, driving the production pass; policies compared on the same jobs. */
@NullMarked
package io.stepyard.simulator;

import org.jspecify.annotations.NullMarked;
