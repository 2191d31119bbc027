/** Live metrics of a cluster from a Prometheus, by queries of the operator's choice. */
@NullMarked
package io.stepyard.clusters.prometheus;

import org.jspecify.annotations.NullMarked;
