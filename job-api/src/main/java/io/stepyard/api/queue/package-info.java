/** The queue over HTTP: what runs, what waits, and why. */
@NullMarked
package io.stepyard.api.queue;

import org.jspecify.annotations.NullMarked;
