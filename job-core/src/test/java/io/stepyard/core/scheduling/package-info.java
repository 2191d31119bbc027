/** The queue manager's use cases, driven over ports in memory. */
@NullMarked
package io.stepyard.core.scheduling;

import org.jspecify.annotations.NullMarked;
