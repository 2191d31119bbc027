/** Jobs over HTTP: lists, one job with its attempts and reasons, its history and output, its cancellation, a trial. */
@NullMarked
package io.stepyard.api.jobs;

import org.jspecify.annotations.NullMarked;
