/** What tenants may have, over HTTP. */
@NullMarked
package io.stepyard.api.tenants;

import org.jspecify.annotations.NullMarked;
