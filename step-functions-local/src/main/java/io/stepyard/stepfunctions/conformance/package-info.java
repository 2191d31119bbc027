/** Replays recorded scenarios and says where this engine differs from what AWS did. */
@NullMarked
package io.stepyard.stepfunctions.conformance;

import org.jspecify.annotations.NullMarked;
