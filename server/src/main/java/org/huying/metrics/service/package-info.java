/** The service rates: how tickets were dealt with on the way to their first resolve, and what is still open. */
package org.huying.metrics.service;
