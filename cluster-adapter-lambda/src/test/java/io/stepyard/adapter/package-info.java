/** The adapter function as AWS Lambda and as Spring Boot serve it. */
@NullMarked
package io.stepyard.adapter;

import org.jspecify.annotations.NullMarked;
