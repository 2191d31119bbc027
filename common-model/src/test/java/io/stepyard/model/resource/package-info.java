/** Behaviour of the vocabulary, written as sentences. */
@NullMarked
package io.stepyard.model.resource;

import org.jspecify.annotations.NullMarked;
