/** What every cluster adapter must hold ({@link io.stepyard.clusters.testing.ClusterAdapterContract}), and faults to hold it against. */
@NullMarked
package io.stepyard.clusters.testing;

import org.jspecify.annotations.NullMarked;
