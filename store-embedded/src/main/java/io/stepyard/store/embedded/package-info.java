/** The stores of one process in files of one directory. {@link io.stepyard.store.embedded.EmbeddedStore} is the way in. */
@NullMarked
package io.stepyard.store.embedded;

import org.jspecify.annotations.NullMarked;
