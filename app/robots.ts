import type { MetadataRoute } from "next"

/** What is public may be found; what needs an account has nothing to show a crawler. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: "*",
      allow: "/",
      disallow: ["/api/", "/*/account", "/*/studio", "/*/trades", "/*/operator", "/*/supervision"],
    },
  }
}
