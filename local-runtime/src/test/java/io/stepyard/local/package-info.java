/** The runtime as a whole, from outside: a process, its APIs and its files. */
@NullMarked
package io.stepyard.local;

import org.jspecify.annotations.NullMarked;
