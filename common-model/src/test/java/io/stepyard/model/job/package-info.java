/** Behaviour of the vocabulary, written as sentences. */
@NullMarked
package io.stepyard.model.job;

import org.jspecify.annotations.NullMarked;
