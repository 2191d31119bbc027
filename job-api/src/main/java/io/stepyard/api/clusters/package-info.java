/** Clusters over HTTP: size, reservations, live use and health. */
@NullMarked
package io.stepyard.api.clusters;

import org.jspecify.annotations.NullMarked;
