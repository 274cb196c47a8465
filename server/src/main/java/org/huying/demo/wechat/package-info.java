/** WeChat as far as the service needs it, for demonstrations and tests. */
@NullMarked
package org.huying.demo.wechat;

import org.jspecify.annotations.NullMarked;
