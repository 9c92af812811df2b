/** Pages about what was run, from plain records; each a single file. */
package org.flowexp.report;
