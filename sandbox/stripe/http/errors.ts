/** Errors as Stripe words them: `{"error": {"type", "code", "message", "param"}}` with an HTTP status. */
export type ErrorBody = {
  type: "invalid_request_error" | "idempotency_error" | "card_error" | "api_error" | "rate_limit_error"
  message: string
  code?: string
  param?: string
}

export class ApiError extends Error {
  readonly status: number
  readonly body: ErrorBody
  /**
   * Whether the answer is kept under the idempotency key. Stripe keeps what an endpoint answered once it began
   * to execute, also errors; what failed the reading of its parameters is not kept.
   */
  readonly kept: boolean

  constructor(status: number, body: ErrorBody, kept = true) {
    super(body.message)
    this.status = status
    this.body = body
    this.kept = kept
  }
}

/** A request that was understood and is refused by the state of things. */
export const refused = (message: string, code?: string, param?: string): ApiError =>
  new ApiError(400, {
    type: "invalid_request_error",
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  })

/** A request that could not be read; its answer is not kept under the idempotency key. */
export const unreadable = (message: string, code: string, param?: string): ApiError =>
  new ApiError(
    400,
    { type: "invalid_request_error", message, code, ...(param === undefined ? {} : { param }) },
    false,
  )

export const unknownParameter = (path: string): ApiError =>
  unreadable(`Received unknown parameter: ${path}`, "parameter_unknown", path)

/** Stripe knows this, the sandbox does not: told apart, so that nobody looks for a mistake of theirs. */
export const notModelled = (message: string, param?: string): ApiError =>
  unreadable(message, "sandbox_not_modelled", param)

export const missingParameter = (path: string): ApiError =>
  unreadable(`Missing required param: ${path}.`, "parameter_missing", path)

export const noSuch = (what: string, id: string, param = "id"): ApiError =>
  new ApiError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${what}: '${id}'`,
    param,
  })

export const unauthorized = (message: string): ApiError =>
  new ApiError(401, { type: "invalid_request_error", message }, false)
