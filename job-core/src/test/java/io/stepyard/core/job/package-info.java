/** Behaviour of the use cases on one job, written as sentences. */
@NullMarked
package io.stepyard.core.job;

import org.jspecify.annotations.NullMarked;
