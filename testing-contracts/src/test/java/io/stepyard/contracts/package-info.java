/** The fakes of the core against the contracts. */
@NullMarked
package io.stepyard.contracts;

import org.jspecify.annotations.NullMarked;
