/**
 * The language server: what {@code check} and the reference know, where a file is being written.
 */
package org.flowexp.lsp;
