/** The fakes of the core. */
@NullMarked
package io.stepyard.core.memory;

import org.jspecify.annotations.NullMarked;
