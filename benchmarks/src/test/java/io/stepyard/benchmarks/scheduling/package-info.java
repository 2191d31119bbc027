/** Tests of what the scheduling measurements claim. */
@NullMarked
package io.stepyard.benchmarks.scheduling;

import org.jspecify.annotations.NullMarked;
