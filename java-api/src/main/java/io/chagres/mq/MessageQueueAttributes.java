// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

/**
 * What a queue is like at one moment.
 *
 * @param depth the most messages it holds
 * @param messageSize the longest message in bytes
 * @param size messages in it now
 */
public record MessageQueueAttributes(int depth, int messageSize, int size) {}
