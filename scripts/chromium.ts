import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

/** Debian's Chromium that can do no more than run without windows; a journey in it takes a fifth less work. */
const shell = "/usr/bin/chromium-headless-shell"

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
]

/**
 * Chromium has one switch of this name, the last: what Playwright turns off by it is named again. The two of the
 * omnibox make each window load a page of Chromium's own, a third of the work for ours.
 */
const turnedOff = [
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxPopup",
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
]

/** What keeps a Chromium to itself in a container: no sandbox as root, no GPU, no calls home. */
export const chromiumFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${turnedOff.join(",")}`,
]

const firstOf = (paths: readonly (string | undefined)[]): string | null =>
  paths.find((path) => path && existsSync(path)) ?? null

/** The path of a Chromium as people have it (CHROME_PATH goes first), or else of one without windows, or null. */
export const findChromium = (): string | null => firstOf([process.env.CHROME_PATH, ...places, shell])

/** The path of a Chromium for the journeys, or null. */
export const findHeadless = (): string | null => firstOf([process.env.CHROME_PATH, shell, ...places])

/** Installs Debian's Chromium with Chinese fonts where we may; gives its path, or null. */
export function installChromium(): string | null {
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")
  if (!mayInstall) return null
  console.log("Installing Chromium and Chinese fonts …")
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  const apt = (...args: string[]) =>
    spawnSync("apt-get", args, { stdio: "inherit", env: environment }).status === 0
  const install = (name: string) => apt("install", "-y", "--no-install-recommends", name, "fonts-noto-cjk")
  const installed = apt("update") && (install("chromium-headless-shell") || install("chromium"))
  return installed ? findHeadless() : null
}
