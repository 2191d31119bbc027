/** The stored state of jobs, queue and clusters, and the port that every store implements. */
@NullMarked
package io.stepyard.core.store;

import org.jspecify.annotations.NullMarked;
