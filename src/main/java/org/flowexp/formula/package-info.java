/** Formulas as graph fragments. */
package org.flowexp.formula;
