/** Settings, and the assembly of everything. */
package org.huying.app;
