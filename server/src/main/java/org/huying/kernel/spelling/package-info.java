/** In which form texts are compared, looked up and held unique, whoever typed them on whatever. */
@org.jspecify.annotations.NullMarked
package org.huying.kernel.spelling;
