const scratch = Buffer.alloc(3 * 256)

/**
 * The same text in memory of its own. What is cut out of a text keeps all of it alive: a key that is remembered would keep
 * the whole batch that it came with.
 */
export const ownText = (text: string): string =>
  3 * text.length > scratch.length ? text : scratch.toString("utf8", 0, scratch.write(text))
