/** Amounts of cpu and memory, and their arithmetic. */
@NullMarked
package io.stepyard.model.resource;

import org.jspecify.annotations.NullMarked;
