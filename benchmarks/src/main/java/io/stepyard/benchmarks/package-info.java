/** What the benchmark scripts run: a client that measures throughput, and a loader of jobs that have ended. */
@NullMarked
package io.stepyard.benchmarks;

import org.jspecify.annotations.NullMarked;
