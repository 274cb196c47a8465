/** What nodes share for speed. Everything in Redis may be lost at any moment without losing anything or refusing anyone. */
package org.huying.redis;
