/** Logins, tokens, sessions, roles and their scopes, residents and the mandates between them. */
package org.huying.identity;
