/** What a demo brings along: embedded servers, a simulated WeChat, two districts. Production code never depends on it. */
package org.huying.demo;
