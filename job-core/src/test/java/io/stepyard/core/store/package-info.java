/** The stored rows and their forms. */
@NullMarked
package io.stepyard.core.store;

import org.jspecify.annotations.NullMarked;
