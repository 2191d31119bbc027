/** The shipped state machine and the values it is bound with. */
@NullMarked
package io.stepyard.asl;

import org.jspecify.annotations.NullMarked;
