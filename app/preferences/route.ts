import { isTheme, themeCookie } from "../_lib/theme.ts"

/**
 * Keeps the chosen appearance in a cookie and goes back to the page. A plain form posts here, so it works with
 * JavaScript off. Only our own pages may post: a browser that says otherwise is answered 403.
 */
export async function POST(request: Request): Promise<Response> {
  const site = request.headers.get("sec-fetch-site")
  if (site !== null && site !== "same-origin") return new Response(null, { status: 403 })
  const theme = (await request.formData()).get("theme")
  if (!isTheme(theme)) return new Response(null, { status: 400 })
  return new Response(null, {
    status: 303,
    headers: {
      location: pathOf(request.headers.get("referer")),
      "set-cookie": `${themeCookie}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`,
    },
  })
}

/** Only the path of the page that posted, never its host, so that nobody can be led elsewhere. */
function pathOf(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return "/"
  const { pathname, search } = new URL(referer)
  return `/${pathname.replace(/^[/\\]+/, "")}${search}`
}
