/** Randomness as a pure function of (root seed, purpose, step). */
package org.flowexp.random;
