/** What tenants may have and have used. */
@NullMarked
package io.stepyard.core.tenant;

import org.jspecify.annotations.NullMarked;
