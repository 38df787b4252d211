/**
 * Why a log took another key: by its calendar, because other people or another machine now hold it, or because
 * somebody else may have it. Of a key in other hands nothing is believed any more that it alone has signed.
 */
export const rotationReasons = ["scheduled", "custody", "compromised"] as const
export type RotationReason = (typeof rotationReasons)[number]
