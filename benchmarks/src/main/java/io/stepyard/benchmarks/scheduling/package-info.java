/** The scheduling pass measured beside Netflix Fenzo: speed, memory, and how well it fills unlike clusters. */
@NullMarked
package io.stepyard.benchmarks.scheduling;

import org.jspecify.annotations.NullMarked;
