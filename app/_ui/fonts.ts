import { GeistSans } from "geist/font/sans"
import localFont from "next/font/local"

/** Only Latin letters come as web fonts; Chinese is set in the reader's own system font, which costs no bytes. */
const mono = localFont({
  src: "../../node_modules/geist/dist/fonts/geist-mono/GeistMono-Regular.woff2",
  variable: "--font-geist-mono",
  weight: "400",
  preload: false,
  adjustFontFallback: false,
  fallback: ["ui-monospace", "monospace"],
})

export const fontClasses = `${GeistSans.variable} ${mono.variable}`
