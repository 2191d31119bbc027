/** The adapter for clusters of kind {@code http}: anything that serves the API of {@code cluster-api.yaml} beside this package. */
@NullMarked
package io.stepyard.clusters.http;

import org.jspecify.annotations.NullMarked;
