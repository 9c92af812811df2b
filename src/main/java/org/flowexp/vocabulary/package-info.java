/** The one list of definitions. */
package org.flowexp.vocabulary;
