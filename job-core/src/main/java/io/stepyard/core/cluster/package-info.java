/** The port to clusters: submit, observe, cancel, error output, live metrics. */
@NullMarked
package io.stepyard.core.cluster;

import org.jspecify.annotations.NullMarked;
