/** The function behind JobQueueRequest: a job comes in, and waits or is refused. */
@NullMarked
package io.stepyard.queuerequest;

import org.jspecify.annotations.NullMarked;
