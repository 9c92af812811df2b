/** Files that are whole or refused: named arrays under a checksum, and checkpoints made of them. */
package org.flowexp.checkpoint;
