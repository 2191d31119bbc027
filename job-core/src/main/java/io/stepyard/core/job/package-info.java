/** The use cases on one job: accept it, start it, observe it, end it. */
@NullMarked
package io.stepyard.core.job;

import org.jspecify.annotations.NullMarked;
