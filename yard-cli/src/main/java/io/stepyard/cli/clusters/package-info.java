/** What operators do to clusters. */
@NullMarked
package io.stepyard.cli.clusters;

import org.jspecify.annotations.NullMarked;
