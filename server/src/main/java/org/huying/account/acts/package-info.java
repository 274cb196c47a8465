/** What was done in somebody's name, put together from what every room keeps anyway. */
package org.huying.account.acts;
