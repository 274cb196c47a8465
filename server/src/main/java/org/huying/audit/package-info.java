/**
 * The one-time completion rate once more, from the raw events that the public API shows: for whoever trusts nobody's word.
 * It proves nothing about code that it shares, so it shares none, and nothing in the service knows it.
 */
package org.huying.audit;
