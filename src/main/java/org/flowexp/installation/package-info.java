/** Programs of others, kept in private virtual environments of Python. */
package org.flowexp.installation;
