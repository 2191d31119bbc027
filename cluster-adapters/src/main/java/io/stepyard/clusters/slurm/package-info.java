/** SLURM through slurmrestd. */
@NullMarked
package io.stepyard.clusters.slurm;

import org.jspecify.annotations.NullMarked;
