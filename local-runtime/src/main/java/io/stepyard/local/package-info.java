/** The whole system in one process: store, engine, functions, scheduler, API, and clusters as its children. */
@NullMarked
package io.stepyard.local;

import org.jspecify.annotations.NullMarked;
