/** Internal coordinates and poses of molecules. */
package org.flowexp.coordinates;
