/**
 * A failure that its reader can do something about: the message is one or more whole sentences, printed as they
 * are and without a stack. Everything else that is thrown is a bug of ours.
 */
export class PlainFailure extends Error {
  override readonly name = "PlainFailure"
}
