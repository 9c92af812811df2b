/** Named targets: what the language writes after {@code system}. */
package org.flowexp.system;
