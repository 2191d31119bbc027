/** The queue manager's use cases: look at the clusters, run a pass, grant, signal, explain. */
@NullMarked
package io.stepyard.core.scheduling;

import org.jspecify.annotations.NullMarked;
