/** Tests of the pass: behaviour by example and properties over seeds. */
@NullMarked
package io.stepyard.scheduler;

import org.jspecify.annotations.NullMarked;
