/** One scheduling pass as a pure function: which waiting job starts where, and why the others do not. */
@NullMarked
package io.stepyard.scheduler;

import org.jspecify.annotations.NullMarked;
