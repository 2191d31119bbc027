/** The function behind the tick and the kick: the queue manager runs once. */
@NullMarked
package io.stepyard.scheduling;

import org.jspecify.annotations.NullMarked;
