/** What the benchmarks stand on is what they say it is. */
@NullMarked
package io.stepyard.benchmarks;

import org.jspecify.annotations.NullMarked;
