/** The client of the real WeChat service. */
package org.huying.wechat;
