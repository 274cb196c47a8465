/** What people are told: notices left in the outbox by whoever causes them, and the inbox to which they are delivered. */
@org.jspecify.annotations.NullMarked
package org.huying.notify;
