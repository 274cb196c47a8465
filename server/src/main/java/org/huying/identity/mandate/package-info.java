/** Mandates: offered, taken up, ended. */
package org.huying.identity.mandate;
