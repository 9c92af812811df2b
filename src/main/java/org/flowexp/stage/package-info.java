/** What a run is made of: stages with keys, the store that keeps them, and finished runs. */
package org.flowexp.stage;
