/** The embedded store: its contract, its crashes, its speed. */
@NullMarked
package io.stepyard.store.embedded;

import org.jspecify.annotations.NullMarked;
