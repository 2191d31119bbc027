/** How fresh reasons are. */
@NullMarked
package io.stepyard.api.jobs;

import org.jspecify.annotations.NullMarked;
