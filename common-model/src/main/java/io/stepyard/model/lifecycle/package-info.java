/** The lives of a job and of an attempt, as tables of legal transitions. */
@NullMarked
package io.stepyard.model.lifecycle;

import org.jspecify.annotations.NullMarked;
