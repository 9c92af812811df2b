/** Expectations and claims, decided over the seeds of a sweep. */
package org.flowexp.claim;
