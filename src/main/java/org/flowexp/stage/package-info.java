/** Stages, what runs share, and sweeps. */
package org.flowexp.stage;
