/** Contracts of the ports: an implementation's test extends one of these, and cannot leave a part of it out. */
@NullMarked
package io.stepyard.contracts;

import org.jspecify.annotations.NullMarked;
