/** `system` follows the device; the other two are kept in a cookie, so the first byte already renders right. */
export const themes = ["system", "light", "dark"] as const
export type Theme = (typeof themes)[number]

export const themeCookie = "quanheng-theme"

export const isTheme = (text: unknown): text is Theme => themes.some((theme) => theme === text)

export const readTheme = (cookie: string | undefined): Theme => (isTheme(cookie) ? cookie : "system")
