/** Clusters of every kind behind one small interface: {@link io.stepyard.clusters.AdapterGateway} picks the adapter by kind. */
@NullMarked
package io.stepyard.clusters;

import org.jspecify.annotations.NullMarked;
