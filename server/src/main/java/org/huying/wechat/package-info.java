/** The clients of the real WeChat service. */
@org.jspecify.annotations.NullMarked
package org.huying.wechat;
