/** From a request to a validated call and from an answer or a refusal to bytes. It knows no feature. */
package org.huying.http;
