/** Sweeps in other processes: their work in units, and those who do it, here or on Slurm. */
package org.flowexp.jobs;
