/** Browser and system out of a User-Agent header, in the names people know; null where none is recognised. */
export function browserName(agent: string | null): { browser: string; system: string | null } | null {
  if (!agent) return null
  const browser = browsers.find(([form]) => form.test(agent))?.[1]
  if (browser === undefined) return null
  return { browser, system: systems.find(([form]) => form.test(agent))?.[1] ?? null }
}

/** In this order: most browsers also name those they descend from. */
const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger\//, "WeChat"],
  [/\bEdgA?\//, "Edge"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bOPR\//, "Opera"],
  [/Chrom(e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
]

const systems: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
]
