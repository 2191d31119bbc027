/** What tenants may have and what they have used: quotas, weights, and usage that decays. */
@NullMarked
package io.stepyard.core.tenant;

import org.jspecify.annotations.NullMarked;
