/** The words that every room shares: who calls, ids, refusals. It knows no other room. */
package org.huying.kernel;
