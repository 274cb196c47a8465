/** What is sealed where, under which key, and how it comes under the current one. */
@org.jspecify.annotations.NullMarked
package org.huying.db.seal;
