/** Sessions: their refresh tokens, their access tokens and the keys that sign these. It knows no login. */
package org.huying.identity.session;
