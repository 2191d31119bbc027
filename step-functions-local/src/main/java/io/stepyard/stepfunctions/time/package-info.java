/** Time and threads: the same engine on the wall clock, or on a virtual clock that jumps. */
@NullMarked
package io.stepyard.stepfunctions.time;

import org.jspecify.annotations.NullMarked;
