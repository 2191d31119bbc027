/** Calls to clusters over HTTP: bounded, guarded, authorised. Knows nothing of what they mean. */
@NullMarked
package io.stepyard.clusters.call;

import org.jspecify.annotations.NullMarked;
