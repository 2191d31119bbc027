/** Behaviour of the vocabulary, written as sentences. */
@NullMarked
package io.stepyard.model.lifecycle;

import org.jspecify.annotations.NullMarked;
