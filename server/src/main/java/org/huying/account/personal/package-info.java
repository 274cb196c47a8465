/** Taking one's data along, and having it erased: every feature does its part, this room puts them together. */
@org.jspecify.annotations.NullMarked
package org.huying.account.personal;
